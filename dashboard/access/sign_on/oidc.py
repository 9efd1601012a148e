"""OpenID Connect: the code flow with PKCE, state and nonce, through Authlib."""

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import Session

from dashboard.access.sign_on import id_token
from dashboard.access.sign_on.outgoing import Outgoing, hosts_of
from dashboard.access.sign_on.provider import (
    Errand,
    Identity,
    UnprovenError,
    UnreachableError,
    code_of,
    identity,
)
from dashboard.sign_in_settings import OidcSettings

KEPT_S = 3600.0
"""How long the provider's description and keys are kept; a key we do not know is asked for."""

DESCRIPTION = "/.well-known/openid-configuration"


class Described(NamedTuple):
    """What an issuer says about itself, and when we asked."""

    authorize_url: str
    token_url: str
    keys_url: str
    names_issuer: bool
    read_at: float


class Oidc:
    """One issuer."""

    def __init__(
        self, settings: OidcSettings, secret: str | None, now: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._secret = secret
        self._now = now
        hosts = hosts_of(settings.issuer, more=settings.hosts)
        self._outgoing = Outgoing(hosts, settings.timeout_s, settings.ca_file)
        self.breaker = self._outgoing.breaker
        self._lock = Lock()
        self._described: Described | None = None
        self._keys: tuple[KeySet, float] | None = None

    def begin(self, errand: Errand) -> str:
        """Return where the browser goes; the issuer may have to be asked first."""
        found = self._kept_description()
        if found is None:
            found = self._outgoing.ask(lambda: self._describe(self._outgoing.session()))
        with self._session(errand) as session:
            address, _ = session.create_authorization_url(
                found.authorize_url, errand.state, errand.verifier, nonce=errand.nonce
            )
        return str(address)

    def finish(self, errand: Errand, answer: Mapping[str, str]) -> Identity:
        """Exchange the code for an ID token, and believe that if all of it holds."""
        code = code_of(answer, "code")
        return self._outgoing.ask(lambda: self._exchange(errand, code, answer.get("iss")))

    def _exchange(self, errand: Errand, code: str, issuer: str | None) -> Identity:
        with self._session(errand) as session:
            plain = self._outgoing.session()
            found = self._kept_description() or self._describe(plain)
            wanted = None if issuer is None and not found.names_issuer else self._settings.issuer
            if issuer != wanted:  # the code is another issuer's (RFC 9207)
                raise UnprovenError("iss")
            try:
                token = session.fetch_token(
                    found.token_url,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=errand.verifier,
                    redirect_uri=errand.back,
                )
            except (OAuthError, ValueError, TypeError):
                raise UnprovenError("code") from None
            signed = token.get("id_token")
            if not isinstance(signed, str):
                raise UnprovenError("no id_token")
            expected = id_token.Expected(
                issuer=self._settings.issuer,
                client_id=self._settings.client_id,
                nonce=errand.nonce,
                access_token=token.get("access_token"),
                algorithms=self._settings.algorithms,
            )
            keys = self._known_keys(plain, found, signed)
            said = id_token.claims(signed, keys, expected, self._now())
            return identity(said.get("sub"), said.get(self._settings.name_claim))

    def _session(self, errand: Errand) -> Any:  # noqa: ANN401 -- Authlib has no types
        made = OAuth2Session(
            self._settings.client_id,
            self._secret,
            token_endpoint_auth_method=client_proof(self._secret, self._settings.proof),
            scope=self._settings.scope,
            redirect_uri=errand.back,
            code_challenge_method="S256",
        )
        return self._outgoing.guard(made)

    def _kept_description(self) -> Described | None:
        kept = self._described
        return kept if kept and monotonic() - kept.read_at < KEPT_S else None

    def _describe(self, session: Session) -> Described:
        document = _json(session, self._settings.issuer.rstrip("/") + DESCRIPTION)
        if document.get("issuer") != self._settings.issuer:
            raise UnreachableError("describes another issuer")
        urls = [
            self._outgoing.check(str(document.get(name)))
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        ]
        named = document.get("authorization_response_iss_parameter_supported") is True
        self._described = Described(urls[0], urls[1], urls[2], named, monotonic())
        return self._described

    def _known_keys(self, session: Session, found: Described, signed: str) -> KeySet:
        with self._lock:
            kept = self._keys
            fresh = kept is not None and monotonic() - kept[1] < KEPT_S
            if kept is None or not fresh or not id_token.knows(kept[0], signed):
                document = _json(session, found.keys_url)
                try:
                    kept = self._keys = id_token.public_keys(document), monotonic()
                except (JoseError, ValueError, TypeError, KeyError):
                    raise UnreachableError("keys unreadable") from None
            return kept[0]


def client_proof(secret: str | None, where: str) -> str:
    """Name the way in which we prove who we are; without a secret, PKCE alone does."""
    if secret is None:
        return "none"
    return "client_secret_basic" if where == "header" else "client_secret_post"


def _json(session: Session, url: str) -> Mapping[str, Any]:
    answer = session.get(url, allow_redirects=False)
    try:
        document = answer.json() if answer.status_code == 200 else None
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise UnreachableError(f"no description at {url}")
    return document
