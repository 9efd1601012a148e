"""ID tokens: signed by the provider's own key, for us, for this errand, and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact

from dashboard.access.sign_on.provider import UnprovenError

LEEWAY_S = 60
"""How far two clocks may be apart."""

PUBLIC = ("RSA", "EC", "OKP")
"""Kinds of keys whose other half is the provider's alone: a shared one would let us sign too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token must say."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None
    algorithms: Sequence[str]


def public_keys(document: Mapping[str, Any]) -> KeySet:
    """Read the keys signatures are proved with; what is no such key is left out.

    Raises:
        JoseError, ValueError, TypeError, KeyError: one cannot be read.
    """
    listed = document.get("keys")
    keys = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    fit = [key for key in keys if key.get("kty") in PUBLIC and key.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": fit})


def knows(keys: KeySet, token: str) -> bool:
    """Tell whether a token names a key we have; the others may have changed theirs."""
    kid = _header(token).get("kid")
    return kid is None or any(key.kid == kid for key in keys.keys)


def claims(token: str, keys: KeySet, expected: Expected, at: datetime) -> Mapping[str, Any]:
    """Return what a token says.

    Keys come from `keys` and from no header, algorithms from the settings and from no key.

    Raises:
        UnprovenError: it is not the provider's, not for us, not of this errand, not of now.
    """
    try:
        decoded = jwt.decode(token, keys, algorithms=list(expected.algorithms))
        said = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": expected.issuer},
                "aud": {"essential": True, "value": expected.client_id},
            },
            {
                "nonce": expected.nonce,
                "client_id": expected.client_id,
                "access_token": expected.access_token,
            },
        )
        said.validate(int(at.timestamp()), LEEWAY_S)
    except JoseError as error:
        raise UnprovenError(f"id_token {error.error}"[:60]) from None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise UnprovenError("id_token unreadable") from None
    found: Mapping[str, Any] = said
    return found


def _header(token: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError, AttributeError):
        return {}
    return found
