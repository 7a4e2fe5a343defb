"""Access tokens as an issuer makes them, and as an attacker would: nothing here checks anything."""

import base64
import hashlib
import hmac
import json
import time
import uuid

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_PEOPLE = uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def sub_of(username):
    """The id that the test issuer gives to a person."""
    return str(uuid.uuid5(_PEOPLE, username))


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(value):
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class SigningKey:
    """An RSA key with a key id."""

    def __init__(self, kid, bits=2048):
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=bits)

    def jwk(self):
        numbers = self.private.public_key().public_numbers()
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid,
                "n": _number(numbers.n), "e": _number(numbers.e)}

    def public_pem(self):
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data):
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def claims_of(issuer, username, roles=(), azp="ChatClient", lifetime=3600, **changes):
    """Those of a good token; a change to None leaves the claim out."""
    now = int(time.time())
    claims = {"iss": issuer, "sub": sub_of(username), "preferred_username": username, "azp": azp,
              "iat": now, "exp": now + lifetime, "jti": str(uuid.uuid4()),
              "realm_access": {"roles": list(roles)}}
    claims.update(changes)
    return {name: value for name, value in claims.items() if value is not None}


LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


def logout_claims_of(issuer, username, **changes):
    """Those of a good logout token; a change to None leaves the claim out."""
    now = int(time.time())
    claims = {"iss": issuer, "aud": "ChatClient", "sub": sub_of(username), "iat": now,
              "exp": now + 120, "jti": str(uuid.uuid4()), "events": {LOGOUT_EVENT: {}}}
    claims.update(changes)
    return {name: value for name, value in claims.items() if value is not None}


def _signed_part(header, claims):
    return ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))


def signed(key, claims, **header):
    start = _signed_part({"alg": "RS256", "typ": "JWT", "kid": key.kid, **header}, claims)
    return start + "." + base64url(key.sign(start.encode()))


def unsigned(claims, kid):
    return _signed_part({"alg": "none", "typ": "JWT", "kid": kid}, claims) + "."


def signed_with_public_key(key, claims):
    """HMAC with what everybody knows: fools a verifier that takes the algorithm from the token."""
    start = _signed_part({"alg": "HS256", "typ": "JWT", "kid": key.kid}, claims)
    mac = hmac.new(key.public_pem(), start.encode(), hashlib.sha256).digest()
    return start + "." + base64url(mac)
