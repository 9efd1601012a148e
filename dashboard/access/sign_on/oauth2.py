"""OAuth 2 with a code, for providers that say who it is at an address of their own."""

from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from dashboard.access.sign_on.oidc import client_proof
from dashboard.access.sign_on.outgoing import Outgoing, hosts_of
from dashboard.access.sign_on.provider import Errand, Identity, UnprovenError, code_of, identity
from dashboard.sign_in_settings import OAuth2Settings


class OAuth2:
    """One provider; which field is the subject its settings say."""

    def __init__(self, settings: OAuth2Settings, secret: str | None) -> None:
        self._settings = settings
        self._secret = secret
        hosts = hosts_of(
            settings.authorize_url, settings.token_url, settings.user_url, more=settings.hosts
        )
        self._outgoing = Outgoing(hosts, settings.timeout_s, settings.ca_file)
        self.breaker = self._outgoing.breaker

    def begin(self, errand: Errand) -> str:
        """Return where the browser goes; nothing is asked for that."""
        with self._session(errand) as session:
            address, _ = session.create_authorization_url(
                self._settings.authorize_url, errand.state, errand.verifier
            )
        return str(address)

    def finish(self, errand: Errand, answer: Mapping[str, str]) -> Identity:
        """Exchange the code for a token, and ask with it who it is."""
        code = code_of(answer, "code")
        return self._outgoing.ask(lambda: self._exchange(errand, code))

    def _exchange(self, errand: Errand, code: str) -> Identity:
        with self._session(errand) as session:
            try:
                token = session.fetch_token(
                    self._settings.token_url,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=errand.verifier,
                    redirect_uri=errand.back,
                )
                if not isinstance(token.get("access_token"), str):
                    raise UnprovenError("no token")
                token.setdefault("token_type", "Bearer")  # required, and yet some leave it out
                answer = session.get(self._settings.user_url, allow_redirects=False)
                said = answer.json() if answer.status_code == 200 else None
            except (OAuthError, ValueError, TypeError, AttributeError):
                raise UnprovenError("code") from None
        name = self._settings.name_field
        subject = _field(said, self._settings.subject_field)
        return identity(subject, None if name is None else _field(said, name))

    def _session(self, errand: Errand) -> Any:  # noqa: ANN401 -- Authlib has no types
        made = OAuth2Session(
            self._settings.client_id,
            self._secret,
            token_endpoint_auth_method=client_proof(self._secret, self._settings.proof),
            scope=self._settings.scope,
            redirect_uri=errand.back,
            token_placement=self._settings.bearer,
            code_challenge_method="S256",
        )
        return self._outgoing.guard(made)


def _field(said: object, path: str) -> object:
    for name in path.split("."):
        if not isinstance(said, dict):
            return None
        said = said.get(name)
    return said
