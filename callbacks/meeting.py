"""The register of decisions over HTTP: its page, and the forms that write into it."""

from datetime import UTC, date, datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from dash import Dash
from flask import Response, request
from werkzeug.datastructures import MultiDict

from callbacks import gate
from callbacks.desk import Drawn, Page
from callbacks.leaders import Leaders, Source
from callbacks.pages import Visit
from dashboard.access.role import Right
from dashboard.briefing.decision import EntryError, Owner, matter_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.meeting import Asked, Meeting, Said, kinds_for
from dashboard.briefing.read_register_page import read_register_page
from dashboard.figures.scope import EVERYTHING
from layouts.address import word_of
from layouts.briefing.deciding import place_of
from layouts.decisions.selecting import selection_of
from layouts.pages import decisions
from layouts.words import Language

FAULTS = (
    "closed", "signed", "earlier", "no_reply", "nobody_agreed", "no_time", "not_later", "not_yours",
    "no_title", "no_owner", "no_case", "no_matter", "decided",
)  # fmt: skip
"""What may be wrong with what was typed; each has a text `decision.fault.*`."""


class Register:
    """Draws the register; the frame is that of all leaders' pages."""

    def __init__(self, leaders: Leaders, source: Source) -> None:
        self._leaders = leaders
        self._source = source

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its address; what was just written must be there at once, so it is never kept."""
        return (Page(r"/decisions(?:/(?P<number>\d{1,9}))?", self._page, kept=False),)

    def _page(self, visit: Visit, number: str | None) -> Drawn | None:
        asking = self._leaders.asking(visit)
        selected = selection_of(visit.query, asking)
        fault = word_of(visit.query, "fault", ("", *FAULTS), "")
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
            fault=fault,
        )
        return self._leaders.framed(page, asking, visit)


def register(app: Dash, meeting: Meeting, zone: ZoneInfo, default: Language) -> None:
    """Take the register's forms; their times are local ones of the centre."""

    def decide() -> Response:
        form, fault, number = request.form, "", 0
        try:
            number = meeting.take(gate.viewer(), _asked(form, zone), gate.address())
        except EntryError as error:
            fault = str(error)
        day = _day(form.get("day", ""))
        if day is not None:
            return _back_to_matter(form, day, fault)
        return _back("/decisions", fault) if fault else _back(f"/decisions/{number}")

    def follow(number: int) -> Response:
        here = f"/decisions/{number}"
        try:
            said = _said(request.form, zone)
            if not meeting.follow(gate.viewer(), number, said, gate.address()):
                return Response(status=404)
        except EntryError as error:
            return _back(here, str(error))
        return _back(here)

    def _back(path: str, fault: str = "") -> Response:
        language = request.form.get("lang", default)
        query = {"fault": fault} if fault else {}
        if language != default:
            query["lang"] = language
        where = f"{path}?{urlencode(query)}" if query else path
        return Response(status=303, headers={"Location": where})

    app.server.add_url_rule("/decisions", "decide", decide, methods=["POST"])
    app.server.add_url_rule("/decisions/<int:number>", "follow", follow, methods=["POST"])


def _back_to_matter(form: MultiDict[str, str], day: date, fault: str) -> Response:
    """Lead back to the briefing: to the matter, or to the reason at its top."""
    query = {"cycle": _cycle(form).value}
    if "lang" in form:
        query["lang"] = form["lang"]
    place = f"#{quote(place_of(form.get('matter', '')))}"
    if fault:
        query["fault"], place = fault, ""
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
