"""What a provider is to us: an address to go to, and then who has come back from it."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from dashboard.breaker import Breaker

LONGEST_SUBJECT, LONGEST_NAME = 255, 50


class UnreachableError(Exception):
    """The provider is down, too slow, or does not answer as one: nobody did anything wrong."""


class UnprovenError(Exception):
    """What came back does not prove who it is; the message is a short code for the log."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is there: `subject` never changes and is nobody else's, `name` is for reading."""

    subject: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """One trip to a provider and back to our address `back`.

    Everything is derived from the secret in the browser's cookie, so the database keeps its hash
    alone, and what comes back in another browser fits nothing.
    """

    secret: str
    back: str

    @property
    def state(self) -> str:
        """Return what must come back unchanged."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Return what an ID token must hold."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Return what proves to the provider that the code is ours to use (PKCE)."""
        return self._derived("verifier")

    def _derived(self, purpose: str) -> str:
        digest = sha256(f"{purpose} {self.secret}".encode("utf-8", "replace")).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()


class Provider(Protocol):
    """Says who somebody is. Both methods may wait for the provider, never longer than its limit.

    `breaker` leaves it alone while it does not answer.
    """

    breaker: Breaker

    def begin(self, errand: Errand) -> str:
        """Return the address the browser goes to.

        Raises:
            UnreachableError: the provider cannot be asked.
        """

    def finish(self, errand: Errand, answer: Mapping[str, str]) -> Identity:
        """Return who came back with `answer`, the fields of the address; their state was compared.

        Raises:
            UnreachableError: the provider cannot be asked.
            UnprovenError: it does not say who it is, or what it says does not hold.
        """


def identity(subject: object, name: object) -> Identity:
    """Make an identity of what a provider says; a number is as good a subject as a text.

    Raises:
        UnprovenError: the subject is none.
    """
    if isinstance(subject, int) and not isinstance(subject, bool):
        subject = str(subject)
    if not isinstance(subject, str) or not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise UnprovenError("subject")
    if not subject.isprintable() or subject != subject.strip():
        raise UnprovenError("subject")
    shown = name if isinstance(name, str) else ""
    return Identity(subject, "".join(filter(str.isprintable, shown))[:LONGEST_NAME])


def code_of(answer: Mapping[str, str], field: str) -> str:
    """Return the code or ticket somebody came back with.

    Raises:
        UnprovenError: there is none, or nothing that could be one.
    """
    if "error" in answer:
        raise UnprovenError("declined")
    code = answer.get(field, "")
    if not 1 <= len(code) <= 2048 or not (code.isascii() and code.isprintable()):
        raise UnprovenError(f"no {field}")
    return code
