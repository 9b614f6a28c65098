"""PyJWT as a peer: reads a JSON list of jobs from standard input, prints the list of outcomes."""
import json, sys
import jwt


def key_of(job, private):
    if job["alg"].startswith("HS"):
        return job["secret"]
    return job["private" if private else "public"]


def outcome(job):
    if job["alg"] not in jwt.algorithms.get_default_algorithms():
        return {"unsupported": True}
    try:
        if job["do"] == "sign":
            return {"token": jwt.encode(job["claims"], key_of(job, True), algorithm=job["alg"])}
        claims = jwt.decode(job["token"], key_of(job, False), algorithms=[job["alg"]], audience=job["claims"]["aud"])
        return {"claims": claims}
    except Exception as error:  # Whatever a peer says is an outcome.
        return {"error": f"{type(error).__name__}: {error}"}


print(json.dumps([outcome(job) for job in json.load(sys.stdin)]))
