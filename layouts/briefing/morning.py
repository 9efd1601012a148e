"""What a meeting goes on from and into: earlier decisions, today, duty, and what data miss."""

from datetime import datetime

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.morning import DecisionLine, Progress
from dashboard.calendar import local_day
from dashboard.duty.shift import DutyRole
from dashboard.export.table import Kind
from dashboard.snapshots.board import Lamp, SourceState
from layouts import format as fmt
from layouts.briefing.document import Cell, Line, Part, Row, Section, Table, plain
from layouts.briefing.headline import days_of
from layouts.briefing.reference import Decided, DecisionOf, of
from layouts.briefing.said import column, count_cell
from layouts.briefing.sentence import aside, listed, number, pair, sentence, stopped
from layouts.duty.table import hours_text, role_name, roles_besides
from layouts.names import unit_name
from layouts.words import Words

UNDER_WAY = frozenset({Progress.OPEN, Progress.MOVING})


def decisions(briefing: Briefing, words: Words) -> Section:
    """Count how far the decisions of earlier meetings have come, and list them."""
    title, name = words.text("briefing.decisions"), words.text("briefing.list.decisions")
    found = briefing.decisions
    if not found:
        return Section(part=Part.DECISIONS, title=title)
    counts = listed(
        (
            pair(
                words.text(f"briefing.progress.{progress}"),
                number(sum(one.progress is progress for one in found), Decided(progress)),
                words,
            )
            for progress in (Progress.DONE, Progress.MOVING, Progress.OPEN, Progress.DROPPED)
        ),
        words,
    )
    columns = (
        column("decision", 15, words), column("owner", 10, words),
        column("age", 4, words, Kind.COUNT), column("until", 9, words, Kind.INSTANT),
        column("missed", 4, words, Kind.COUNT), column("progress", 4.4, words),
        column("reply", 11, words),
    )  # fmt: skip
    rows = tuple(_row(one, briefing, words) for one in sorted(found, key=_pressing))
    whole = number(len(found), Decided(None))
    told = sentence(words, "briefing.decisions.line", n=whole, counts=counts)
    table = Table(name=name, columns=columns, rows=rows, shown=len(rows))
    return Section(part=Part.DECISIONS, title=title, lines=(told,), tables=(table,))


def _pressing(one: DecisionLine) -> tuple[bool, datetime, int]:
    """Put what is not closed first, by the time set for it: what missed its time leads."""
    return one.progress not in UNDER_WAY, one.due_at, one.id


def _row(one: DecisionLine, briefing: Briefing, words: Words) -> Row:
    directory = briefing.directory
    units = (*directory.departments, *directory.townships, directory.county)
    itself = DecisionOf(one.id)
    late = one.due_at <= briefing.as_of and one.progress in UNDER_WAY
    return Row(
        cells=(
            Cell(one.text, opens=itself), Cell(unit_name(one.owner, units, words) or fmt.DASH),
            count_cell(one.age_days, itself),
            Cell(fmt.moment_short(one.due_at, words), one.due_at, late),
            count_cell(one.times_missed, itself),
            Cell(words.text(f"briefing.progress.{one.progress}")), Cell(one.reply or fmt.DASH),
        ),
    )  # fmt: skip


def today(briefing: Briefing, words: Words) -> Section:
    """Say what falls due today."""
    told = sentence(
        words,
        "briefing.today.line",
        due=number(briefing.today.due, of("pending", days_of(briefing, words).today)),
        follow_ups=number(briefing.today.follow_ups, of("awaits_follow_up")),
    )
    return Section(title=words.text("briefing.today"), lines=(told,))


def duty(briefing: Briefing, words: Words) -> Section:
    """Name who is on duty, as the roster does: by role, and within one by hours."""
    shifts = briefing.duty
    roles = (*DutyRole, *roles_besides(shifts))
    told = listed((_role(role, briefing, words) for role in roles), words, "semicolon")
    return Section(title=words.text("briefing.duty"), lines=(stopped(told, words),) if told else ())


def leaders(briefing: Briefing, words: Words) -> str:
    """Name who leads, "" where the roster does not say."""
    names = (one.name for one in briefing.duty if one.role == DutyRole.DUTY_LEADER)
    told = listed(dict.fromkeys(names), words)
    role = role_name(DutyRole.DUTY_LEADER, words)
    return plain(sentence(words, "briefing.duty.one", role=role, names=told)) if told else ""


def _role(role: str, briefing: Briefing, words: Words) -> Line:
    by_hours: dict[str, list[str]] = {}
    for one in briefing.duty:
        if one.role == role:
            where = unit_name(one.department, briefing.directory.departments, words) or ""
            name = plain(aside(one.name, where, words=words))
            by_hours.setdefault(hours_text(one, words), []).append(name)
    if not by_hours:
        return ()
    told = (
        sentence(words, "briefing.duty.hours", hours=hours, names=listed(names, words))
        for hours, names in by_hours.items()
    )
    told_role = role_name(role, words)
    return sentence(words, "briefing.duty.one", role=told_role, names=listed(told, words, "comma"))


def sources(briefing: Briefing, words: Words) -> Section:
    """Say of each source what is missing, and which are well."""
    told: dict[str, list[str]] = {"late": [], "never": [], "ok": []}
    for one in briefing.sources:
        late = _state(one) == "late"
        write = source_text if late else _last_came
        told[_state(one)].append(write(one, briefing.as_of, words))
    parts = [
        sentence(words, f"briefing.source.{state}", names=listed(names, words))
        for state, names in told.items()
        if names
    ]
    lines = [listed(parts, words, "semicolon")] if parts else []
    if briefing.quiet:
        names = listed((words.text(f"channel.{channel}") for channel in briefing.quiet), words)
        lines.append(sentence(words, "briefing.source.quiet", names=names))
    return Section(title=words.text("briefing.sources"), lines=tuple(lines))


def _last_came(one: SourceState, as_of: datetime, words: Words) -> str:
    """Name a source that is well and when it last came, by the clock alone on the day itself."""
    name, last = words.text(f"channel.{one.channel}"), one.last_received_at
    if last is None:
        return name
    today = local_day(last, words.zone) == local_day(as_of, words.zone)
    t = fmt.clock(last, words) if today else fmt.moment_short(last, words)
    return words.text("briefing.source.last", name=name, t=t)


def _state(one: SourceState) -> str:
    if one.last_received_at is None:
        return "never"
    return "late" if one.lamp in (Lamp.LATE, Lamp.BROKEN) else "ok"


def source_text(one: SourceState, as_of: datetime, words: Words) -> str:
    """Name a source, and since when nothing came from it."""
    name, last = words.text(f"channel.{one.channel}"), one.last_received_at
    if last is None:
        return name
    passed = max((as_of - last).total_seconds(), 0)
    t, d = fmt.moment_short(last, words), fmt.duration_two(passed, words)
    return words.text("briefing.source.since", name=name, t=t, d=d)
