"""The two secrets of the settings: a short one can be guessed from what was made with it.

One row of the log is enough to guess the log's, and the log could be forged; one known number with
its key is enough to guess the parties', and every other number could be found by its key.
"""

from pydantic import SecretStr

from dashboard.settings import Settings, SettingsError

SHORTEST = 32
"""Bytes: as many as the hash has."""

AFTER = {
    "audit_secret": "rows written with the old one hold with it alone, so print `wuqing audit head`"
    " first",
    "party_secret": "keys made with the old one match no new ones, so import the files again",
}
"""What a new one means for what the old one was used for."""


def refuse_guessable(settings: Settings) -> None:
    """Refuse to begin with a secret that is too short; none at all is said by `wuqing doctor`.

    Raises:
        SettingsError: it can be guessed.
    """
    for name, after in AFTER.items():
        if (size := size_of(getattr(settings, name))) is not None and size < SHORTEST:
            raise SettingsError(
                f"{name} has {size} bytes, which can be guessed: use {SHORTEST} or more; {after}"
            )


def size_of(secret: SecretStr | None) -> int | None:
    """Return how many bytes a secret has, None where there is none."""
    return None if secret is None else len(secret.get_secret_value().encode())
