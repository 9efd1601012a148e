"""The register of decisions over HTTP: its page, and the forms that write into it."""

from datetime import UTC, date, datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from dash import Dash
from flask import Response, request
from werkzeug.datastructures import MultiDict

from callbacks import gate
from callbacks.desk import Drawn, Page
from callbacks.framing import Framing, Source
from callbacks.pages import Visit
from callbacks.refusing import Refusing, sent
from dashboard.access.role import Right
from dashboard.briefing.decision import EntryError, Owner, matter_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.meeting import Asked, Meeting, Said, kinds_for
from dashboard.briefing.read_register_page import read_register_page
from dashboard.figures.scope import EVERYTHING
from layouts.briefing.deciding import place_of
from layouts.decisions.selecting import selection_of
from layouts.desk.refused import Refused
from layouts.pages import decisions

FIELDS = {"no_reply": "text", "nobody_agreed": "agreed", "no_time": "due", "not_later": "due",
          "no_title": "title", "no_owner": "owner", "no_case": "case"}  # fmt: skip
"""Which field a reason is about; others are about the whole. Each has a text `decision.fault.*`."""


class Register:
    """Draws the register; the frame is that of all leaders' pages."""

    def __init__(self, framing: Framing, source: Source) -> None:
        self._framing = framing
        self._source = source

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its address; what was just written must be there at once, so it is never kept."""
        return (Page(r"/decisions(?:/(?P<number>\d{1,9}))?", self._page, kept=False),)

    def _page(self, visit: Visit, number: str | None) -> Drawn | None:
        asking = self._framing.asking(visit)
        selected = selection_of(visit.query, asking)
        found = self._source.look(
            asking.question,
            lambda view: read_register_page(
                view, self._source.centre, selected, None if number is None else int(number)
            ),
            visit.viewer.scope,
        )
        if found is None:
            return None
        page = decisions.layout(
            found,
            asking,
            () if selected.past else kinds_for(visit.viewer),
            may_decide=not selected.past and visit.viewer.may(Right.MEETING),
            whole=visit.viewer.scope == EVERYTHING,
        )
        return self._framing.framed(page, asking, visit)


def register(app: Dash, meeting: Meeting, zone: ZoneInfo, refuse: Refusing) -> None:
    """Take the register's forms; their times are local ones of the centre."""

    def decide() -> Response:
        form = request.form
        day = _day(form.get("day", ""))
        try:
            number = meeting.take(gate.viewer(), _asked(form, zone), gate.address())
        except EntryError as error:
            if day is None:
                return refuse(gate.DECISIONS, {}, _why(error))
            paper = f"{gate.BRIEFING}/{day.isoformat()}"
            return refuse(paper, {"cycle": _cycle(form).value}, _why(error, "brief"))
        return _back(f"/decisions/{number}") if day is None else _back_to_matter(form, day)

    def follow(number: int) -> Response:
        here = f"/decisions/{number}"
        try:
            said = _said(request.form, zone)
            if not meeting.follow(gate.viewer(), number, said, gate.address()):
                return refuse(here, {}, sent("decision.fault.gone"))
        except EntryError as error:
            return refuse(here, {}, _why(error))
        return _back(here)

    def _back(path: str) -> Response:
        language = request.form.get("lang", refuse.default)
        where = path if language == refuse.default else f"{path}?{urlencode({'lang': language})}"
        return Response(status=303, headers={"Location": where})

    app.server.add_url_rule("/decisions", "decide", decide, methods=["POST"])
    app.server.add_url_rule("/decisions/<int:number>", "follow", follow, methods=["POST"])


def _why(error: EntryError, said: str = "decision") -> Refused:
    code = str(error)
    return sent(f"{said}.fault.{code}", FIELDS.get(code, ""))


def _back_to_matter(form: MultiDict[str, str], day: date) -> Response:
    """Lead back to the matter on the briefing."""
    query = {"cycle": _cycle(form).value}
    if "lang" in form:
        query["lang"] = form["lang"]
    place = f"#{quote(place_of(form.get('matter', '')))}"
    where = f"{gate.BRIEFING}/{day.isoformat()}?{urlencode(query)}{place}"
    return Response(status=303, headers={"Location": where})


def _asked(form: MultiDict[str, str], zone: ZoneInfo) -> Asked:
    day = _day(form.get("day", ""))
    return Asked(
        title=form.get("title", ""),
        ask=form.get("ask", ""),
        owner=Owner.of(form.get("owner", "")),
        beside=tuple(each.partition(":")[2] for each in form.getlist("beside")),
        due_at=_instant(form.get("due", ""), zone),
        case_code=form.get("case", "").strip().upper() or None,
        cycle=_cycle(form),
        matter=matter_of(day, form.get("matter", "")) if day is not None else None,
    )


def _cycle(form: MultiDict[str, str]) -> Cycle:
    asked = form.get("cycle", "")
    return Cycle(asked) if asked in set(Cycle) else Cycle.DAILY


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _said(form: MultiDict[str, str], zone: ZoneInfo) -> Said:
    return Said(
        kind=form.get("kind", ""),
        text=form.get("text", ""),
        due_at=_instant(form.get("due", ""), zone),
        agreed_by=form.get("agreed", ""),
    )


def _instant(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
