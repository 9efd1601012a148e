"""The log of the service: one line of JSON for each event, of fields that are listed here.

Names and numbers of people, and what somebody searched for, must stand in no line. So a line has
only the fields of `FIELDS`; of an exception it says the kind and the place, and its words only
where we wrote them; of what other libraries say it gives the sentence and the numbers in it, not
the texts, which are paths and requests; and what looks like a number of a person is taken out.
"""

import logging
import traceback
from collections.abc import Mapping
from logging import LogRecord
from logging.config import dictConfig
from pathlib import Path
from typing import Any

import orjson
import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from structlog.typing import EventDict

from dashboard.intake.scrub import scrub
from dashboard.operations.flood import Flood
from dashboard.request_id import FIELD

FIELDS = (
    "at", "level", "logger", "event", FIELD, "method", "route", "status", "ms", "again",
    "error", "where",
)  # fmt: skip
"""All a line may have, in this order."""

GIVEN = ("method", "route", "status", "ms", "again")
"""What a call may add by `extra`."""

OURS = ("app", "callbacks", "dashboard", "geodata", "layouts")
"""Whose texts are ours: of their sentences the arguments are filled in."""

TALKATIVE = ("alembic", "waitress.queue", "werkzeug", "gunicorn.access")
"""Loggers that tell of each step, and of nothing that matters below an error."""

HIDDEN = "…"
LONGEST = 400
"""Characters of a sentence."""

FRAMES = 8


def set_up_log() -> None:
    """Write what this process says to standard error, one line of JSON each."""
    dictConfig(log_configuration())


def log_configuration() -> dict[str, Any]:
    """Return the configuration for `logging.config`; gunicorn takes it as `logconfig_dict`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": line_formatter}},
        "filters": {"flood": {"()": Flood}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["flood"],
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            **{name: {"level": "ERROR"} for name in TALKATIVE},
            "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        },
    }


def line_formatter() -> logging.Formatter:
    """Make what writes a record, of whatever logger, as a line."""
    return structlog.stdlib.ProcessorFormatter(
        pass_foreign_args=True,
        use_get_message=False,
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=GIVEN),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _say,
            _blame,
        ],
        processors=[_only_listed, structlog.processors.JSONRenderer(serializer=_json)],
    )


def _say(_logger: object, _method: str, fields: EventDict) -> EventDict:
    """Put the sentence together anew from what may be said."""
    record: LogRecord = fields["_record"]
    ours = record.name.partition(".")[0] in OURS
    arguments = fields.get("positional_args")
    said = str(record.msg)
    if isinstance(record.msg, BaseException):
        said = words_of(record.msg)
    elif isinstance(arguments, Mapping):
        filled = {name: _argument(each, ours=ours) for name, each in arguments.items()}
        said = _filled(said, filled)
    elif arguments:
        said = _filled(said, tuple(_argument(each, ours=ours) for each in arguments))
    fields["event"] = _harmless(said)
    return fields


def _filled(sentence: str, arguments: object) -> str:
    try:
        return str(sentence % arguments)
    except (TypeError, ValueError):  # a number where a text is shown, or one too few: say it so
        return sentence


def _argument(value: object, *, ours: bool) -> object:
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, BaseException):
        return words_of(value)
    return str(value) if ours else HIDDEN


def words_of(error: BaseException) -> str:
    """Say what happened without what somebody's data were.

    A database says why it cannot be reached in the same way as what was wrong with a row, so only
    errors that are of no row are quoted.
    """
    kind = type(error)
    if kind.__module__.partition(".")[0] in OURS:
        return str(error)
    if isinstance(error, (OperationalError, InterfaceError)):
        return f"{kind.__name__}: {str(error.orig).partition(chr(10))[0]}"
    if isinstance(error, DBAPIError):
        return f"{kind.__name__} ({type(error.orig).__name__})"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind.__name__}: {error.strerror}"
    return kind.__name__


def _blame(_logger: object, _method: str, fields: EventDict) -> EventDict:
    """Name the exception and where it was raised."""
    information = fields["_record"].exc_info
    error = information[1] if isinstance(information, tuple) else None
    if error is not None:
        fields["error"] = _harmless(words_of(error))
        found = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        fields["where"] = [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in found]
    return fields


def _short(file: str) -> str:
    return "/".join(Path(file).parts[-2:])


def _harmless(text: str) -> str:
    """Take out what people searched for and what looks like somebody's number."""
    words = (word.partition("?")[0] + "?" + HIDDEN if "?" in word[:-1] else word
             for word in scrub(text).split())  # fmt: skip
    return " ".join(words)[:LONGEST]


def _only_listed(_logger: object, _method: str, fields: EventDict) -> EventDict:
    return {name: fields[name] for name in FIELDS if name in fields}


def _json(fields: EventDict, **_options: Any) -> str:  # noqa: ANN401 -- structlog's
    return orjson.dumps(fields, default=repr).decode()
