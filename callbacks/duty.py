"""The duty roster over HTTP: its page, and the forms that keep it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from dash import Dash
from flask import Response, request
from werkzeug.datastructures import MultiDict

from callbacks import gate
from callbacks.desk import Drawn, NotYoursError, Page
from callbacks.framing import Framing, Source
from callbacks.pages import Visit
from callbacks.refusing import Refusing, sent
from dashboard.duty.keeping import Asked, Keeper, may_keep
from dashboard.duty.read_week import read_week
from dashboard.duty.shift import Shift, ShiftError
from dashboard.figures.scope import EVERYTHING
from layouts.desk.refused import Refused
from layouts.pages import duty

Read = TypeVar("Read")

FIELDS = {"no_time": "date", "no_shift": "shift", "no_role": "role", "no_name": "name",
          "name_too_long": "name", "no_department": "department", "wrong_day": "starts",
          "ends_before": "ends", "twice": "name"}  # fmt: skip
"""Which field a reason is about; others are about the whole. Each has a text `duty.fault.*`."""


class Roster:
    """Draws the roster for those who see the whole centre."""

    def __init__(self, framing: Framing, source: Source) -> None:
        self._framing = framing
        self._source = source

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its address; what was just written must be there at once, so it is never kept."""
        return (Page(r"/duty(?:/(?P<number>\d{1,9}))?", self._page, kept=False),)

    def _page(self, visit: Visit, number: str | None) -> Drawn | None:
        asking = self._framing.asking(visit)
        if visit.viewer.scope != EVERYTHING:
            raise NotYoursError  # it is about the whole
        found = self._source.look(
            asking.question,
            lambda view: read_week(
                view,
                self._source.centre,
                asking.question.period,
                None if number is None else int(number),
            ),
            visit.viewer.scope,
        )
        if found is None:
            return None
        keeps = asking.question.as_of is None and may_keep(visit.viewer)
        return self._framing.framed(duty.layout(found, asking, may_keep=keeps), asking, visit)


def register(app: Dash, keeper: Keeper, zone: ZoneInfo, refuse: Refusing) -> None:
    """Take the roster's forms; their times are local ones of the centre."""

    def add() -> Response:
        try:
            number = keeper.add(gate.viewer(), _asked(request.form, zone), gate.address())
        except ShiftError as error:
            return refuse(gate.DUTY, {}, _why(error))
        return _to(f"{gate.DUTY}/{number}")

    def keep(number: int) -> Response:
        here = f"{gate.DUTY}/{number}"
        try:
            if request.form.get("deed") == "remove":
                gone = keeper.remove(gate.viewer(), number, gate.address())
                return _gone() if gone is None else _to(gate.DUTY, **_week_of(gone))
            asked = _asked(request.form, zone)
            known = keeper.change(gate.viewer(), number, asked, gate.address())
        except ShiftError as error:
            return refuse(here, {}, _why(error))
        return _to(here) if known else _gone()

    def _gone() -> Response:
        """Somebody took the shift off: what was typed is offered as a new one."""
        why = sent("duty.fault.gone")
        if request.form.get("deed") != "remove":
            why = replace(sent("duty.fault.gone", deed="add"), action=gate.DUTY)
        return refuse(gate.DUTY, {}, why)

    def _to(path: str, **query: str) -> Response:
        language = request.form.get("lang", refuse.default)
        if language != refuse.default:
            query["lang"] = language
        where = f"{path}?{urlencode(query)}" if query else path
        return Response(status=303, headers={"Location": where})

    app.server.add_url_rule(gate.DUTY, "add_shift", add, methods=["POST"])
    app.server.add_url_rule(f"{gate.DUTY}/<int:number>", "keep_shift", keep, methods=["POST"])


def _why(error: ShiftError) -> Refused:
    code = str(error)
    return sent(f"duty.fault.{code}", FIELDS.get(code, ""))


def _week_of(one: Shift) -> dict[str, str]:
    return {"period": "week", "on": one.day.isoformat()}


def _asked(form: MultiDict[str, str], zone: ZoneInfo) -> Asked:
    day = _read(date.fromisoformat, form.get("date", ""))
    starts = _read(time.fromisoformat, form.get("starts", ""))
    begins = None if day is None or starts is None else datetime.combine(day, starts)
    return Asked(
        day=day,
        shift=form.get("shift", ""),
        role=form.get("role", ""),
        name=form.get("name", ""),
        department=form.get("department") or None,
        starts_at=_instant(begins, zone),
        ends_at=_instant(_read(datetime.fromisoformat, form.get("ends", "")), zone),
    )


def _read(parse: Callable[[str], Read], text: str) -> Read | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _instant(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    try:
        return None if local is None else local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None
