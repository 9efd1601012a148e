"""Providers as the settings name them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from dashboard.access.sign_on.cas import Cas
from dashboard.access.sign_on.oauth2 import OAuth2
from dashboard.access.sign_on.oidc import Oidc
from dashboard.access.sign_on.provider import Provider
from dashboard.settings import Settings, SettingsError


def providers_of(settings: Settings, now: Callable[[], datetime]) -> dict[str, Provider]:
    """Make the providers there are, in the order of the sign-in page; none of them is asked.

    Raises:
        SettingsError: a secret cannot be read, or nobody could come back to us.
    """
    asked, found = settings.sign_in, dict[str, Provider]()
    if asked.oidc is not None:
        secret = _secret("oidc", asked.oidc.client_secret, asked.oidc.client_secret_file)
        found["oidc"] = Oidc(asked.oidc, secret, now)
    if asked.oauth2 is not None:
        secret = _secret("oauth2", asked.oauth2.client_secret, asked.oauth2.client_secret_file)
        found["oauth2"] = OAuth2(asked.oauth2, secret)
    if asked.cas is not None:
        found["cas"] = Cas(asked.cas)
    if found and settings.server.public_url is None:
        raise SettingsError("sign_in needs server.public_url: the provider sends people back to it")
    return found


def _secret(kind: str, given: SecretStr | None, file: Path | None) -> str | None:
    if given is not None:
        return given.get_secret_value()
    if file is None:
        return None
    try:
        secret = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"sign_in.{kind}.client_secret_file: cannot read it: {error}") from None
    if not secret:
        raise SettingsError(f"sign_in.{kind}.client_secret_file: {file} is empty")
    return secret
