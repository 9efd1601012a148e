"""Passwords: argon2id with the least memory and time OWASP accepts (19 MiB, two passes).

Measured at 57 ms on two shared cores; two hashes run at once, or sign-in itself would be a way to
bring the wall down.
"""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
DIFFERENT = 5
TELLING = 4
"""Characters from which a login helps to guess; shorter ones are in many words: li, wu."""

AT_ONCE = 2

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_turns = BoundedSemaphore(AT_ONCE)

_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$XGSA3/ovptnNnJ2+p+o+zw$WHAA6wYLTRplarM0PgyzQREbmVTDl3Jj6sihPzmxN5Q"
)
"""The hash of a random word nobody kept, so that an unknown login takes as long as a known one."""


class PasswordError(ValueError):
    """A password that cannot be used; the message says why."""


def check_new(password: str, login: str) -> None:
    """Refuse what is easily guessed; length is what counts, no rule asks for kinds of characters.

    Raises:
        PasswordError: too short, too long, few characters over and over, no text, or the login is
            in it.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordError(f"a password has {SHORTEST} to {LONGEST} characters")
    if len(set(password)) < DIFFERENT:
        raise PasswordError(f"a password has at least {DIFFERENT} different characters")
    if any("\ud800" <= each <= "\udfff" for each in password):  # bytes read as what they are not
        raise PasswordError("a password is text in UTF-8")
    if len(login) >= TELLING and login.casefold() in password.casefold():
        raise PasswordError("a password does not contain the login")


def hash_of(password: str) -> str:
    """Hash a password for the database."""
    with _turns:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether a password is the stored one; None takes as long and is never it.

    A stored hash that was damaged is no password's.
    """
    with _turns:
        try:
            return _hasher.verify(stored or _NOBODY, password) and stored is not None
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False


def is_weaker_than_now(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)
