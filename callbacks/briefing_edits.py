"""The forms that edit a draft: each is kept, or answered with the reason why not."""

from urllib.parse import quote, urlencode

from dash import Dash
from flask import Response, request

from callbacks import gate
from callbacks.issue_address import issue_named
from callbacks.refusing import Refusing, sent
from dashboard.briefing.draft import DraftError
from dashboard.briefing.edit import EditKind
from dashboard.briefing.editing import Asked, Editor
from dashboard.centre import Centre
from layouts.briefing.editing import place_of

FIELDS = {"no_title": "title", "title_too_long": "title", "ask_too_long": "ask"}
"""Which field a reason is about; others are about the whole."""


def register(app: Dash, editor: Editor, centre: Centre, refuse: Refusing) -> None:
    """Take the forms; whoever sent one is led back to the matters as they are now."""

    def edit() -> Response:
        form = request.form
        try:
            issue = issue_named(centre, form.get("cycle", ""), form.get("day", ""))
        except ValueError:
            issue = None
        if issue is None:
            return Response(status=400)
        asked = Asked(
            kind=form.get("deed", ""),
            key=form.get("key", ""),
            title=form.get("title", ""),
            ask=form.get("ask", ""),
        )
        there, query = f"{gate.BRIEFING}/{issue.day.isoformat()}", {"cycle": issue.cycle.value}
        try:
            made = editor.edit(gate.viewer(), issue, asked, gate.address())
        except DraftError as error:
            code = str(error)
            return refuse(there, query, sent(f"brief.fault.{code}", FIELDS.get(code, "")))
        place = place_of(asked.key or made.key, struck=made.kind is EditKind.STRIKE)
        query["lang"] = form.get("lang", refuse.default)
        where = f"{there}?{urlencode(query)}#{quote(place)}"
        return Response(status=303, headers={"Location": where})

    app.server.add_url_rule(gate.EDITING, "edit_briefing", edit, methods=["POST"])
