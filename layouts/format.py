"""How numbers, rates, durations and times are written; undefined is a dash."""

from datetime import date, datetime

from layouts.words import Words

DASH = "—"
MINUS = "\u2212"

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def number(value: int | None) -> str:
    """Write a count, with commas from four digits."""
    return DASH if value is None else f"{value:,}"


def rate(met: int, due: int) -> str:
    """Write met / due as a percentage without its sign, half up to one decimal.

    100.0 is kept for met = due: 99.96 is written 99.9. Nothing due is a dash.
    """
    if due == 0:
        return DASH
    tenths = (2000 * met + due) // (2 * due)
    if tenths >= 1000 and met < due:
        tenths = 999
    return f"{tenths // 10}.{tenths % 10}"


def share(value: float | None) -> str:
    """Write a share of 0..1 (a target, not a result) as a percentage with its sign."""
    if value is None:
        return DASH
    tenths = int(value * 1000 + 0.5)
    return f"{tenths // 10}.{tenths % 10}%"


def delta(change: int | None, words: Words) -> str:
    """Write a change with its sign; no change is a word."""
    if change is None:
        return DASH
    if change == 0:
        return words.text("delta.same")
    return f"+{change:,}" if change > 0 else f"{MINUS}{-change:,}"


def duration(seconds: float, words: Words) -> str:
    """Write the largest unit of a length of time, rounded down."""
    whole = abs(int(seconds))
    for unit, length in (("d", _DAY), ("h", _HOUR)):
        if whole >= length:
            return words.text(f"duration.{unit}", n=f"{whole // length:,}")
    return words.text("duration.m", n=whole // _MINUTE)


def duration_two(seconds: float, words: Words) -> str:
    """Write the two largest units of a length of time, rounded down; minutes below an hour."""
    whole = abs(int(seconds))
    if whole < _HOUR:
        return words.text("duration.m", n=whole // _MINUTE)
    if whole < _DAY:
        first, rest = ("h", whole // _HOUR), ("m", whole % _HOUR // _MINUTE)
    else:
        first, rest = ("d", whole // _DAY), ("h", whole % _DAY // _HOUR)
    parts = [words.text(f"duration.{unit}", n=f"{n:,}") for unit, n in (first, rest) if n]
    return words.text("duration.joint").join(parts)


def mean_duration(seconds: float | None, words: Words) -> str:
    """Write a mean length of time: one decimal (rounded down) below ten hours or days."""
    if seconds is None:
        return DASH
    for unit, length in (("d", _DAY), ("h", _HOUR)):
        if seconds >= length:
            tenths = int(seconds * 10 // length)
            figure = f"{tenths // 10}.{tenths % 10}" if tenths < 100 else f"{tenths // 10:,}"
            return words.text(f"duration.{unit}", n=figure)
    return words.text("duration.m", n=int(seconds) // _MINUTE)


def time_left(left_s: int, words: Words) -> str:
    """Write how long a case is overdue (`left_s` below zero) or still has."""
    key = "alert.over" if left_s <= 0 else "alert.left"
    return words.text(key, d=duration(left_s, words))


def clock(instant: datetime, words: Words) -> str:
    """Write an instant as hours and minutes of the centre's zone."""
    return instant.astimezone(words.zone).strftime("%H:%M")


def clock_seconds(instant: datetime, words: Words) -> str:
    """Write an instant to the second; only for "updated at"."""
    return instant.astimezone(words.zone).strftime("%H:%M:%S")


def day(value: date, words: Words) -> str:
    """Write a date with its weekday, without the year."""
    return words.text(
        "date.day",
        day=value.day,
        month=words.text(f"month.{value.month}"),
        weekday=words.text(f"weekday.{value.weekday()}"),
    )


def day_with_year(value: date, words: Words) -> str:
    """Write a date with its year, for days that may not be this year's."""
    month = words.text(f"month.{value.month}")
    return words.text("date.day_year", day=value.day, month=month, year=value.year)


def moment_short(instant: datetime, words: Words) -> str:
    """Write month, day and time of an instant."""
    local = instant.astimezone(words.zone)
    return f"{month_day(local.date(), words)} {local:%H:%M}"


def month_day(value: date, words: Words) -> str:
    """Write month and day."""
    return words.text("date.month_day", day=value.day, month=words.text(f"month.{value.month}"))


def points(change: float, words: Words) -> str:
    """Write a difference of shares (0..1) in percentage points, with its sign."""
    tenths = int(abs(change) * 1000 + 0.5)
    if tenths == 0:
        return words.text("delta.same")
    sign = "+" if change > 0 else MINUS
    return words.text("delta.points", n=f"{sign}{tenths // 10}.{tenths % 10}")


def moment(instant: datetime, words: Words) -> str:
    """Write date, year and time of an instant."""
    local = instant.astimezone(words.zone)
    return f"{day_with_year(local.date(), words)} {local:%H:%M}"
