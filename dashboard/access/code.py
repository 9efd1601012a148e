"""The code a screen shows while it waits to be let in."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which are mistaken for one another across a hall."""

LENGTH = 6
CODE_VALID = timedelta(minutes=10)
"""How long a code may be confirmed, and then how long the screen may take its token."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A screen that waits: the secret it polls with, the code it shows, and until when."""

    secret: str
    code: str
    ends_at: datetime


def new_code() -> str:
    """Make a code: one of 31^6, so that guessing takes longer than it is valid."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_typed(text: str) -> str:
    """Return a code as it was shown, however it was typed: small, wide, or with spaces."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter in ALPHABET)[: LENGTH + 1]
