"""What a browser gets that goes somewhere and finds a failure: a page, its id and a way back."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import InternalServerError

from callbacks import gate
from callbacks.desk import Desk
from callbacks.pages import HOME, Visit, written
from callbacks.refusing import sent
from callbacks.unavailable import told
from dashboard.access.role import Right
from dashboard.access.viewer import Viewer
from dashboard.database.faults import UnavailableError
from dashboard.request_id import current_request_id
from layouts.pages import fault
from layouts.shell import plain_document
from layouts.words import Language, Words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failing:
    """Draws the page of a failure: in the desk's frame for those of the desk, else a plain one.

    The first language of `words` is the default.
    """

    desk: Desk
    words: Mapping[Language, Words]
    build: str

    def page(self, status: int, error: Exception) -> Response | None:
        """Draw it; None where no page is wanted: the wall tells itself what it cannot have."""
        if not gate.navigates() or request.path == HOME:
            return None
        viewer = gate.known_viewer()
        if viewer is not None and viewer.may(Right.DESK):
            try:
                return self._framed(status, error, viewer)
            except Exception:  # what failed may keep the frame from being drawn as well
                log.exception("the page of a failure failed")
        return self._plain(status, error)

    def _framed(self, status: int, error: Exception, viewer: Viewer) -> Response:
        path, query = self._here()
        language = self._language()
        typed = None if request.method in gate.SAFE else sent("refused.failed")
        found = self.desk.failed(status, Visit(path, {}, language, viewer, typed), error)
        return written(found, language, f"{path}?{query}" if query else path)

    def _plain(self, status: int, error: Exception) -> Response:
        language = self._language()
        words = self.words[language]
        text = fault.told(status, None, words)
        if isinstance(error, UnavailableError):
            text = words.text(told(error)[1])
        path, query = self._here()
        again = f"{path}?{query}" if query else path
        body = fault.plain(status, text, again, words, current_request_id() or "")
        title = words.text(f"desk.fault.{status}.title")
        page = plain_document(language=language, title=title, body=body, build=self.build)
        return Response(page, status, mimetype="text/html")

    def _language(self) -> Language:
        asked = request.form.get("lang") or request.args.get("lang")
        return next((one for one in self.words if one == asked), next(iter(self.words)))

    def _here(self) -> tuple[str, str]:
        """Return the page that failed, of a form the one it was sent from."""
        if request.method in gate.SAFE:
            return request.path, request.query_string.decode("ascii", "replace")
        sent = urlsplit(request.referrer or "")
        ours = sent.netloc == request.host and sent.path.startswith("/")
        return (sent.path, sent.query) if ours else ("/", "")


def register(app: Dash, failing: Failing) -> None:
    """Answer what broke; what wants no page gets a bare 500."""

    def broken(error: InternalServerError) -> Response:
        # Flask has written it into the log
        return failing.page(500, error) or Response("", 500, mimetype="text/plain")

    app.server.register_error_handler(500, broken)
