"""Settings of signing in by somebody else's account: at most one provider of each kind."""

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator


def _over_tls(url: str) -> str:
    """Refuse an address over which secrets would travel in the clear."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return url
    if parts.scheme == "http" and (host == "localhost" or _is_loopback(host)):
        return url
    raise ValueError("an address begins with https:// (http:// only on this very machine)")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


Url = Annotated[str, AfterValidator(_over_tls)]

Signing = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"
]
"""Ways to sign with a key nobody but the provider has; `none` and HS... are not among them."""


class ProviderSettings(BaseModel):
    """What every provider has.

    `name` stands on the sign-in page. Whatever the provider calls is on the host of its own
    address or on one of `hosts`; nothing else is ever asked. `ca_file` holds the certificates it is
    proved by, where the system does not know them. `timeout_s` is how long somebody waits for all
    of it. To `end_session_url` a link leads after signing out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=40)
    name_en: str | None = Field(default=None, min_length=1, max_length=40)
    hosts: tuple[str, ...] = ()
    ca_file: Path | None = None
    timeout_s: float = Field(default=5, gt=0, le=30)
    end_session_url: Url | None = None


class _WithSecret(ProviderSettings):
    """A provider we are known to by an id and, mostly, a secret: from a file or the environment."""

    client_id: str = Field(min_length=1, max_length=200)
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    proof: Literal["header", "body"] = "header"

    @model_validator(mode="after")
    def _one_secret(self) -> "_WithSecret":
        if self.client_secret is not None and self.client_secret_file is not None:
            raise ValueError("client_secret and client_secret_file are both set")
        return self


class OidcSettings(_WithSecret):
    """OpenID Connect: everything else is read from the issuer's own description."""

    issuer: Url
    scope: str = "openid profile"
    name_claim: str = "name"
    algorithms: tuple[Signing, ...] = Field(default=("RS256",), min_length=1)


class OAuth2Settings(_WithSecret):
    """OAuth 2 with a code, and an address that says who it is; fields as `data.user.id`."""

    authorize_url: Url
    token_url: Url
    user_url: Url
    scope: str | None = None
    subject_field: str = Field(default="sub", min_length=1)
    name_field: str | None = None
    bearer: Literal["header", "uri"] = "header"


class CasSettings(ProviderSettings):
    """CAS: `url` is what comes before /login and /serviceValidate."""

    url: Url
    version: Literal[2, 3] = 3
    name_attribute: str | None = None


class SignInSettings(BaseModel):
    """Providers whose accounts may be linked to ours; unset: there are none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    oidc: OidcSettings | None = None
    oauth2: OAuth2Settings | None = None
    cas: CasSettings | None = None

    @property
    def providers(self) -> dict[str, ProviderSettings]:
        """Those there are, by kind, in the order of the sign-in page."""
        found = {kind: getattr(self, kind) for kind in type(self).model_fields}
        return {kind: provider for kind, provider in found.items() if provider is not None}

    def anchored(self, folder: Path) -> "SignInSettings":
        """Return it with the paths of files taken from a folder."""
        changes: dict[str, Any] = {}
        for kind, provider in self.providers.items():
            files = _files_of(provider)
            if files:
                moved = {name: folder / file for name, file in files.items()}
                changes[kind] = provider.model_copy(update=moved)
        return self.model_copy(update=changes)


def _files_of(provider: ProviderSettings) -> dict[str, Path]:
    found = {name: getattr(provider, name, None) for name in ("ca_file", "client_secret_file")}
    return {name: file for name, file in found.items() if file is not None}


def written_secrets(values: Mapping[str, Any]) -> str | None:
    """Name a secret that stands in the settings file, where everybody reads along; else None."""
    sections = values.get("sign_in")
    for kind, section in sections.items() if isinstance(sections, dict) else ():
        if isinstance(section, dict) and "client_secret" in section:
            return f"sign_in.{kind}.client_secret"
    return None
