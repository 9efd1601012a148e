"""How a deadline came about, in words: a full sentence, a short one, and two lines of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.calendar import local_day
from dashboard.cases.account import ClockAccount, FreeDays, Pause, Standing
from layouts import format as fmt
from layouts.words import Words

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}(.)(.*?){_CLOSE}")
_STRONG, _LATE = "s", "l"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence; `mark` is "strong", "late" or ""."""

    text: str
    mark: str = ""


def clock_sentence(
    account: ClockAccount, as_of: datetime, words: Words, *, live: bool = True
) -> tuple[Run, ...]:
    """Say when the clock started, its limit, what did not count, the due moment, and over or left.

    `live` False names the moment instead of "now".
    """
    standing, seconds = account.standing(as_of)
    if account.accepted_at is None:
        return (Run(words.text("clock.not_accepted")),)
    if standing in (Standing.NOT_STARTED, Standing.NO_LIMIT):
        accepted = words.text("clock.start.accepted", t=near(account.accepted_at, as_of, words))
        return (Run(words.text(f"clock.{standing}", start=accepted)),)
    due = account.moved_due
    assert due is not None  # noqa: S101 -- every other standing has one
    parts = {
        "start": _start(account, as_of, words),
        "limit": _marked(_STRONG, limit_text(account, words)),
        "notes": words.text("clock.notes", notes=_joined(_all_notes(account, as_of, words), words)),
        "due": _marked(_STRONG, _due(due, as_of, words)),
        "standing": _standing(account, as_of, words, live=live),
    }
    key = "clock.sentence"
    if standing is Standing.STOPPED:
        key = "clock.sentence.stopped"
        parts["d"] = _marked(_STRONG, duration_full(seconds or 0, words))
    return _runs(words.text(key, **parts))


def due_sentence(account: ClockAccount, as_of: datetime, words: Words) -> str:
    """Say the due moment first, then how it came about: for the foot of a list or a drawer."""
    due = account.moved_due
    if account.start is None or due is None:
        return "".join(run.text for run in clock_sentence(account, as_of, words))
    first = words.text("clock.from", day=_day(local_day(account.start, words.zone), as_of, words))
    counted = _joined([first, *_day_notes(account, as_of, words)], words)
    about = words.text("clock.about", limit=limit_text(account, words), notes=counted)
    notes = [about, *_changes(account, as_of, words)]
    return words.text(
        "clock.due_sentence",
        due=near(due, as_of, words),
        notes=words.text("clock.notes.joint").join(notes),
    )


def clock_lines(account: ClockAccount, as_of: datetime, words: Words) -> tuple[str, str]:
    """Say start, limit and what did not count in one line, and the due moment in another."""
    due = account.moved_due
    if account.start is None or due is None:
        return "".join(run.text for run in clock_sentence(account, as_of, words)), ""
    parts = [_start(account, as_of, words)]
    if account.limit is not None:
        parts.append(limit_text(account, words))
    elif account.given_due is not None:
        parts.append(words.text("clock.line.given"))
    parts += [*_free_days(account, as_of, words), *_moves(account, words)]
    first = _joined(parts, words)
    if account.stopped_since is not None:
        since = near(account.stopped_since, as_of, words)
        return first, words.text("clock.line.stopped", since=since)
    return first, words.text("clock.line.due", due=near(due, as_of, words))


def limit_text(account: ClockAccount, words: Words) -> str:
    """Write the limit with its unit."""
    limit = account.limit
    if limit is None:
        return words.text("clock.limit.given")
    if limit.unit == "same_day":
        return words.text("clock.limit.same_day")
    key = f"clock.limit.{limit.unit}" + (".one" if limit.amount == 1 else "")
    return words.text(key, n=limit.amount)


def duration_full(seconds: int, words: Words) -> str:
    """Write days, hours and minutes, without those that are nothing."""
    whole = abs(seconds)
    counts = (("d", whole // _DAY), ("h", whole % _DAY // _HOUR), ("m", whole % _HOUR // _MINUTE))
    parts = [words.text(f"duration.{unit}", n=f"{n:,}") for unit, n in counts if n]
    return words.text("duration.joint").join(parts) or words.text("duration.m", n=0)


def pause_reason(reason: str | None, words: Words) -> str:
    """Name the reason of a pause; a centre's own stays as it was written."""
    if reason is None:
        return words.text("clock.reason.none")
    key = f"clock.reason.{reason}"
    return words.text(key) if words.knows(key) else reason


def _start(account: ClockAccount, as_of: datetime, words: Words) -> str:
    assert account.start is not None  # noqa: S101 -- asked for only then
    return words.text(f"clock.start.{account.why}", t=near(account.start, as_of, words))


def _all_notes(account: ClockAccount, as_of: datetime, words: Words) -> list[str]:
    """What did not count, the pauses and the extension; that there are none is said, too."""
    limit = account.limit
    notes = []
    if limit is not None and limit.amount and limit.unit in ("day", "working_day"):
        notes.append(words.text(f"clock.first_day.{account.why}"))
    if limit is not None and limit.unit == "working_day" and not account.rest_days:
        notes.append(words.text("clock.rest_days"))
    notes += _day_notes(account, as_of, words)
    changes = _changes(account, as_of, words)
    if not account.pauses and account.extension is None:
        changes.append(words.text("clock.unchanged"))
    elif not account.pauses:
        changes.append(words.text("clock.no_pause"))
    elif account.extension is None:
        changes.append(words.text("clock.no_extension"))
    return notes + changes


def _moves(account: ClockAccount, words: Words) -> Iterator[str]:
    """Sum up the pauses that are over, and tell that the date was moved."""
    over = [pause.until - pause.since for pause in account.pauses if pause.until is not None]
    if over:
        length = duration_full(int(sum(over, timedelta()).total_seconds()), words)
        yield words.text("clock.line.paused", d=length)
    if account.extension is not None:
        yield words.text("clock.line.extended")


def _day_notes(account: ClockAccount, as_of: datetime, words: Words) -> Iterator[str]:
    yield from _free_days(account, as_of, words)
    if account.limit is not None and account.limit.version.since is not None:
        version = account.limit.version
        since = fmt.day_with_year(account.limit.version.since, words)
        yield words.text("clock.version", n=version.number, since=since)


def _free_days(account: ClockAccount, as_of: datetime, words: Words) -> Iterator[str]:
    if account.rest_days:
        yield words.text("clock.rest_days")
    for run in account.holidays:
        name, span = words.text(f"clock.holiday.{_holiday(run)}"), _span(run, as_of, words)
        yield words.text("clock.holiday", name=name, span=span)
    if account.made_up:
        joint = words.text("clock.days.joint")
        days = joint.join(_day(day, as_of, words) for day in account.made_up)
        yield words.text("clock.made_up", days=days)
    if account.rolled:
        yield words.text("clock.rolled", n=account.rolled)
    for year in account.provisional:
        yield words.text("clock.provisional", year=year)


def _changes(account: ClockAccount, as_of: datetime, words: Words) -> list[str]:
    notes = [_pause(pause, as_of, words) for pause in account.pauses]
    if account.extension is not None:
        old = account.extension.old_due
        written = fmt.DASH if old is None else near(old, as_of, words)
        at = near(account.extension.at, as_of, words)
        notes.append(words.text("clock.extended", at=at, old=written))
    return notes


def _pause(pause: Pause, as_of: datetime, words: Words) -> str:
    reason, since = pause_reason(pause.reason, words), near(pause.since, as_of, words)
    if pause.until is None:
        return words.text("clock.pause.running", reason=reason, since=since)
    length = duration_full(int((pause.until - pause.since).total_seconds()), words)
    until = near(pause.until, as_of, words)
    key = "clock.pause" if pause.moves else "clock.pause.before"
    return words.text(key, reason=reason, since=since, until=until, d=length)


def _standing(account: ClockAccount, as_of: datetime, words: Words, *, live: bool) -> str:
    standing, seconds = account.standing(as_of)
    length = duration_full(seconds or 0, words)
    late = standing in (Standing.OVER, Standing.LATE)
    d = _marked(_LATE if late else _STRONG, length)
    if standing in (Standing.EARLY, Standing.LATE, Standing.OUT):
        at = account.closed_at or account.left_at or as_of
        return words.text(f"clock.standing.{standing}", t=near(at, as_of, words), d=d)
    now = words.text("clock.now") if live else words.text("clock.then", t=fmt.moment(as_of, words))
    return words.text(f"clock.standing.{standing}", now=now, d=d)


def _holiday(run: FreeDays) -> str:
    """Tell which holiday a run of free days is by its place in the year; others have no name."""
    days = [run.first + timedelta(days=n) for n in range(run.days)]
    for name, month, day in (("new_year", 1, 1), ("labour", 5, 1), ("national", 10, 1)):
        if any((one.month, one.day) == (month, day) for one in days):
            return name
    windows = (("spring", (1, 15), (3, 1)), ("qingming", (4, 2), (4, 8)),
               ("dragon_boat", (5, 25), (6, 28)), ("mid_autumn", (9, 6), (9, 30)))  # fmt: skip
    for name, first, last in windows:
        if any(first <= (one.month, one.day) <= last for one in days):
            return name
    return "other"


def _span(run: FreeDays, as_of: datetime, words: Words) -> str:
    if run.days == 1:
        return _day(run.first, as_of, words)
    key = "clock.span.month" if run.first.month == run.last.month else "clock.span"
    return words.text(
        key,
        first=_day(run.first, as_of, words),
        last=_day(run.last, as_of, words),
        first_day=run.first.day,
        last_day=run.last.day,
        month=words.text(f"month.{run.first.month}"),
    )


def _day(day: date, as_of: datetime, words: Words) -> str:
    same = day.year == local_day(as_of, words.zone).year
    return fmt.month_day(day, words) if same else fmt.day_with_year(day, words)


def near(instant: datetime, as_of: datetime, words: Words) -> str:
    """Write day and time of an instant, with its year if it is not the one of `as_of`."""
    return f"{_day(local_day(instant, words.zone), as_of, words)} {fmt.clock(instant, words)}"


def _due(instant: datetime, as_of: datetime, words: Words) -> str:
    day = local_day(instant, words.zone)
    weekday = words.text(f"weekday.{day.weekday()}")
    written = _day(day, as_of, words)
    return words.text("clock.due", day=written, weekday=weekday, t=fmt.clock(instant, words))


def _joined(notes: list[str], words: Words) -> str:
    return words.text("clock.notes.comma").join(notes)


def _marked(mark: str, text: str) -> str:
    return f"{_OPEN}{mark}{text}{_CLOSE}"


def _runs(text: str) -> tuple[Run, ...]:
    names = {_STRONG: "strong", _LATE: "late"}
    runs, end = [], 0
    for match in _MARKED.finditer(text):
        if match.start() > end:
            runs.append(Run(text[end : match.start()]))
        runs.append(Run(match[2], names[match[1]]))
        end = match.end()
    if end < len(text):
        runs.append(Run(text[end:]))
    return tuple(runs)
