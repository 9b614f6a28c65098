"""joserfc as a peer: reads a JSON list of jobs from standard input, prints the list of outcomes."""
import json, sys
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry


def key_of(job, private):
    alg = job["alg"]
    if alg.startswith("HS"):
        return OctKey.import_key(job["secret"])
    kind = RSAKey if alg[:2] in ("RS", "PS") else ECKey if alg.startswith("ES") else OKPKey
    return kind.import_key(job["private" if private else "public"])


def outcome(job):
    alg = job["alg"]
    if alg not in JWSRegistry.algorithms:
        return {"unsupported": True}
    try:
        registry = JWSRegistry(algorithms=[alg])
        if job["do"] == "sign":
            return {"token": jwt.encode({"alg": alg}, job["claims"], key_of(job, True), registry=registry)}
        token = jwt.decode(job["token"], key_of(job, False), registry=registry)
        jwt.JWTClaimsRegistry(aud={"essential": True, "value": job["claims"]["aud"]}).validate(token.claims)
        return {"claims": token.claims}
    except Exception as error:  # Whatever a peer says is an outcome.
        return {"error": f"{type(error).__name__}: {error}"}


print(json.dumps([outcome(job) for job in json.load(sys.stdin)]))
