"""Long random words handed to browsers; the database knows only their hashes."""

import secrets
from hashlib import sha256

BYTES = 32
"""256 bits: not to be guessed, so a plain hash without salt is enough to store them."""


def new_secret() -> str:
    """Make one, safe in cookies and addresses."""
    return secrets.token_urlsafe(BYTES)


def hashed(secret: str) -> str:
    """Return what the database keeps of it."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
