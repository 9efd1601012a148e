"""Instants as files write them: a declared format, a declared zone, and no guessing."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboard.intake.faults import Rejection

Parse = Callable[[str], datetime]


class Instants:
    """Reads instants in the mapping's formats; naive ones are local times of its zone.

    A local time that occurs twice, when clocks are set back, is taken as its first occurrence.
    """

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo) -> None:
        self._parsers = tuple(_parser(form) for form in formats)
        self._zone = zone

    def read(self, text: str | datetime, field: str) -> datetime:
        """Return the aware UTC instant.

        Raises:
            Rejection: no format fits, two fit and disagree, or the local time does not exist.
        """
        if isinstance(text, datetime):
            return self._utc(text, str(text), field)
        found: datetime | None = None
        for parse in self._parsers:
            try:
                instant = parse(text)
            except (ValueError, OverflowError, OSError):
                continue
            if found is not None and instant != found:
                raise Rejection(f"{text!r} can be read as two different dates", field)
            found = instant
        if found is None:
            raise Rejection(f"{text!r} is no date in the declared format", field)
        return self._utc(found, text, field)

    def _utc(self, instant: datetime, text: str, field: str) -> datetime:
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
        local = instant.replace(tzinfo=self._zone)
        moment = local.astimezone(UTC)
        if moment.astimezone(self._zone).utcoffset() != local.utcoffset():
            raise Rejection(f"{text!r} does not exist in {self._zone}: clocks were set on", field)
        return moment


def _parser(form: str) -> Parse:
    if form == "iso":
        return datetime.fromisoformat
    if form == "epoch_s":
        return lambda text: datetime.fromtimestamp(int(text), UTC)
    if form == "epoch_ms":
        return lambda text: datetime.fromtimestamp(int(text) // 1000, UTC)
    return lambda text: datetime.strptime(text, form)  # noqa: DTZ007 -- the zone is put on later
