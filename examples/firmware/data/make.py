"""Makes the keys and tokens in this folder, each with another implementation: PyJWT over pyca/cryptography, and for
ML-DSA pyca/cryptography alone. `python3 make.py` replaces them all; the expected outputs stay as they are.

They are test data: the private keys are published here on purpose.
"""

import base64
import json
import pathlib

import jwt
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, rsa

HERE = pathlib.Path(__file__).parent
SECRET = b"a secret of thirty-two bytes, ok"
CLAIMS = {"sub": "4242", "name": "Jessica Temporal", "nickname": "Jess", "exp": 4102444800}

# What an update server says of an image. 1790000000 is the build date of the firmware that checks it.
UPDATE = {
    "iss": "https://updates.example",
    "aud": "pump-7",
    "version": "2.4.1",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "iat": 1795000000,
    "exp": 1797592000,
}
UPDATES = {
    "good": {},
    "other-device": {"aud": "pump-8"},
    "expired": {"exp": 1789999999},
    "not-yet": {"nbf": 1795000000},
}


def put(name, content):
    (HERE / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def token(claims, key, algorithm):
    return jwt.encode(claims, key, algorithm)


def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def elliptic(curve, name, algorithm):
    key = ec.generate_private_key(curve)
    public = key.public_key()
    put(f"{name}.scalar", key.private_numbers().private_value.to_bytes(curve.key_size // 8, "big"))
    put(f"{name}.point", public.public_bytes(form.Encoding.X962, form.PublicFormat.UncompressedPoint))
    signed = token(CLAIMS, key, algorithm)
    put(f"{name}.jwt", signed)
    put(f"{name}.signature", base64.urlsafe_b64decode(signed.rpartition(".")[2] + "=="))


put("hs256.jwt", token(CLAIMS, SECRET, "HS256"))

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
put("rsa2048.pkcs1", key.public_key().public_bytes(form.Encoding.DER, form.PublicFormat.PKCS1))
put("rs256.jwt", token(CLAIMS, key, "RS256"))
put("ps256.jwt", token(CLAIMS, key, "PS256"))

elliptic(ec.SECP256R1(), "es256", "ES256")
elliptic(ec.SECP384R1(), "es384", "ES384")

key = ed25519.Ed25519PrivateKey.generate()
put("ed25519.seed", key.private_bytes_raw())
put("ed25519.public", key.public_key().public_bytes_raw())
put("eddsa.jwt", token(CLAIMS, key, "EdDSA"))
for name, changes in UPDATES.items():
    put(f"update-{name}.jwt", token(UPDATE | changes, key, "EdDSA"))

key = mldsa.MLDSA44PrivateKey.generate()
put("ml-dsa-44.seed", key.private_bytes_raw())
put("ml-dsa-44.public", key.public_key().public_bytes_raw())
parts = ({"alg": "ML-DSA-44", "typ": "JWT"}, CLAIMS)
signing_input = b".".join(b64u(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
put("ml-dsa-44.jwt", signing_input + b"." + b64u(key.sign(signing_input)))
