"""The key of the log's chain: short, it could be guessed from one row, and the whole log forged."""

from pydantic import SecretStr

from dashboard.settings import SettingsError

SHORTEST = 32
"""Bytes: as many as the hash has."""


def refuse_short(secret: SecretStr | None) -> None:
    """Refuse to serve with a key that can be guessed; none at all is said by `wuqing doctor`.

    Raises:
        SettingsError: it is too short.
    """
    if secret is not None and (size := len(secret.get_secret_value().encode())) < SHORTEST:
        raise SettingsError(
            f"audit_secret has {size} bytes, which can be guessed: use {SHORTEST} or more; rows "
            "written with the old one hold with it alone, so print `wuqing audit head` first"
        )
