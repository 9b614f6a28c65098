"""PyJWT as a peer: reads a JSON list of jobs from standard input, prints the list of outcomes."""
import json, sys
import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


class MlDsa(jwt.algorithms.Algorithm):
    """ML-DSA as OpenSSL has it, which PyJWT does not offer by itself."""

    def prepare_key(self, key):
        pem = key.encode()
        return load_pem_private_key(pem, None) if "PRIVATE" in key else load_pem_public_key(pem)

    def sign(self, msg, key):
        return key.sign(msg)

    def verify(self, msg, key, sig):
        try:
            key.verify(sig, msg)
            return True
        except InvalidSignature:
            return False

    def to_jwk(self, key_obj, as_dict=False):
        raise NotImplementedError

    def from_jwk(self, jwk):
        raise NotImplementedError


ALGORITHMS = set(jwt.algorithms.get_default_algorithms())
for name in ["ML-DSA-44", "ML-DSA-65", "ML-DSA-87"]:
    jwt.register_algorithm(name, MlDsa())
    ALGORITHMS.add(name)


def key_of(job, private):
    if job["alg"].startswith("HS"):
        return job["secret"]
    return job["private" if private else "public"]


def outcome(job):
    if job["alg"] not in ALGORITHMS:
        return {"unsupported": True}
    try:
        if job["do"] == "sign":
            return {"token": jwt.encode(job["claims"], key_of(job, True), algorithm=job["alg"])}
        claims = jwt.decode(job["token"], key_of(job, False), algorithms=[job["alg"]], audience=job["claims"]["aud"])
        return {"claims": claims}
    except Exception as error:  # Whatever a peer says is an outcome.
        return {"error": f"{type(error).__name__}: {error}"}


print(json.dumps([outcome(job) for job in json.load(sys.stdin)]))
