"""What is written down of requests: who opened which case, and who took which file."""

import re
from urllib.parse import urlsplit

from dash import Dash
from flask import Response, request

from callbacks import gate
from dashboard.access.door import Door
from dashboard.access.viewer import Viewer

ONE_CASE = re.compile(r"/case/([0-9A-Za-z-]{1,32})")


class Noting:
    """Writes into the log through the door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def export(self, viewer: Viewer, file: str) -> None:
        """Write down who took a file."""
        self._door.write_down(viewer, "export", gate.address(), file)

    def opened(self, response: Response) -> Response:
        """Write down who opened a case; a page that asks whether it is still the newest did not."""
        known = gate.known_viewer()
        found = ONE_CASE.fullmatch(urlsplit(_shown()).path)
        if known is not None and found and response.status_code == 200 and not gate.is_poll():
            self._door.write_down(known, "open_case", gate.address(), found[1].upper())
        return response


def register(app: Dash, noting: Noting) -> None:
    """Watch every answer."""
    app.server.after_request(noting.opened)


def _shown() -> str:
    return request.args.get("at", "") if request.path == "/desk/page" else request.path
