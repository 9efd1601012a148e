"""`GET /metrics`: the service in figures, for Prometheus; nobody may ask unless it is set up."""

import hmac
from ipaddress import ip_address
from pathlib import Path

from dash import Dash
from flask import Response, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from dashboard.operations.meters import Meters
from dashboard.operations.state import State
from dashboard.settings import Metrics, SettingsError

PATH = "/metrics"

SHORTEST = 32
"""Characters of a token; what is shorter can be guessed."""

PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""A proxy on this machine asks from this machine, whoever asks it."""


class Permission:
    """Whether a request may have the metrics: it carries the token, or comes from this machine."""

    def __init__(self, settings: Metrics) -> None:
        """Look at the token once; it is read again with every request, so it can be changed.

        Raises:
            SettingsError: the file cannot be read, or its token is too short.
        """
        self._file = settings.token_file
        self._loopback = settings.loopback
        if self._file is not None:
            try:
                token = _token(self._file)
            except OSError as error:
                raise SettingsError(f"metrics.token_file: {error.strerror}: {self._file}") from None
            if len(token) < SHORTEST:
                raise SettingsError(
                    f"metrics.token_file: a token has {SHORTEST} characters or more"
                )

    @property
    def configured(self) -> bool:
        """Whether anybody may ask at all."""
        return self._loopback or self._file is not None

    def given(self) -> bool:
        """Tell whether this request may."""
        return self._carries_token() or (self._loopback and _from_here())

    def _carries_token(self) -> bool:
        kind, _, sent = request.headers.get("Authorization", "").partition(" ")
        if self._file is None or kind.lower() != "bearer":
            return False
        try:
            token = _token(self._file)
        except OSError:
            return False
        right = hmac.compare_digest(sent.strip().encode(), token)
        return right and len(token) >= SHORTEST


def register(app: Dash, permission: Permission, meters: Meters, state: State) -> None:
    """Serve them, where the settings let anybody ask."""
    if not permission.configured:
        return
    of_all = CollectorRegistry()
    of_all.register(state)

    def metrics() -> Response:
        said = generate_latest(meters.registry()) + generate_latest(of_all)
        response = Response(said, content_type=CONTENT_TYPE_PLAIN_0_0_4)
        response.headers["Cache-Control"] = "no-store"
        return response

    app.server.add_url_rule(PATH, "metrics", metrics)


def _token(file: Path) -> bytes:
    return file.read_bytes().strip()


def _from_here() -> bool:
    if any(header in request.headers for header in PASSED_ON):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
