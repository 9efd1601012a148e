"""The forms that edit a draft: each is kept, or leads back with the reason why not."""

from urllib.parse import quote, urlencode

from dash import Dash
from flask import Response, request

from callbacks import gate
from callbacks.briefing import issue_named
from dashboard.briefing.draft import DraftError
from dashboard.briefing.edit import EditKind
from dashboard.briefing.editing import Asked, Editor
from dashboard.centre import Centre
from layouts.briefing.editing import place_of
from layouts.words import Language


def register(app: Dash, editor: Editor, centre: Centre, default: Language) -> None:
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
        query = {"cycle": issue.cycle.value, "lang": form.get("lang", default)}
        place = ""  # why not stands at the top
        try:
            made = editor.edit(gate.viewer(), issue, asked, gate.address())
        except DraftError as error:
            query["fault"] = str(error)
        else:
            place = (
                f"#{quote(place_of(asked.key or made.key, struck=made.kind is EditKind.STRIKE))}"
            )
        there = f"{gate.BRIEFING}/{issue.day.isoformat()}?{urlencode(query)}{place}"
        return Response(status=303, headers={"Location": there})

    app.server.add_url_rule(gate.EDITING, "edit_briefing", edit, methods=["POST"])
