"""The files of a briefing, and sealing by hand, over HTTP."""

import re
from urllib.parse import urlencode

from dash import Dash
from flask import Response, request

from callbacks import gate
from callbacks.briefing import Briefings
from callbacks.issue_address import DAY
from callbacks.noting import Noting
from callbacks.pages import Visit, written
from callbacks.refusing import Refusing, sent
from dashboard.briefing.seal import SealError
from dashboard.briefing.uncomposed import UncomposedError
from dashboard.figures.scope import EVERYTHING
from layouts.words import LANGUAGES


def register(app: Dash, briefings: Briefings, noting: Noting, refuse: Refusing) -> None:
    """Serve the files, `/export/briefing/<cycle>/<day>.<kind>`; who took one is written down.

    One that cannot be had is answered by the page that says why.
    """
    desk, default = refuse.desk, refuse.default

    def briefing_file(cycle: str, day: str, kind: str) -> Response:
        viewer = gate.viewer()
        if viewer.scope != EVERYTHING:
            return Response(status=403)
        asked = request.args.get("lang", default)
        language = next((each for each in LANGUAGES if each == asked), default)
        try:
            found = briefings.file(cycle, day, kind, language)
        except UncomposedError as error:
            path, query = f"{gate.BRIEFING}/{day}", {"cycle": cycle, "lang": language}
            visit = Visit(path, {"cycle": [cycle]}, language, viewer)
            failed = desk.written(briefings.failed(error, visit))
            return written(failed, language, f"{path}?{urlencode(query)}")
        if found is None:
            return Response(status=404)
        noting.export(viewer, f"briefing {cycle} {day} {kind}")
        return found

    def seal() -> Response:
        form = request.form
        cycle, day = form.get("cycle", ""), form.get("day", "")
        if not re.fullmatch(DAY, day):
            return Response(status=400)
        there = f"{gate.BRIEFING}/{day}"
        try:
            briefings.seal(cycle, day, gate.viewer(), gate.address())
        except SealError as error:
            why = sent(f"brief.fault.{error}")
            if str(error) == "none":
                return refuse(gate.BRIEFING, {}, why)
            return refuse(there, {"cycle": cycle}, why)
        except ValueError:
            return Response(status=400)
        query = {"cycle": cycle, "lang": form.get("lang", default)}
        return Response(status=303, headers={"Location": f"{there}?{urlencode(query)}"})

    rule = "/export/briefing/<cycle>/<day>.<kind>"
    app.server.add_url_rule(rule, "briefing_file", briefing_file)
    app.server.add_url_rule(gate.BRIEFING, "seal_briefing", seal, methods=["POST"])
