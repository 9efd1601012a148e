"""What a line of the log may hold, whatever is said and by whom."""

import io
import json
import logging
import logging.config
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.database.faults import BusyError
from dashboard.operations.flood import A_MINUTE, Flood
from dashboard.operations.log_lines import FIELDS, LONGEST, line_formatter, words_of

PLANTED = ("张三丰", "13812345678", "110105194912310028", "6222021234567890123")

Say = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def say() -> Iterator[Say]:
    """A function that logs, and returns the line."""
    yield lambda name, *args, **more: written(name, *args, **more)


def written(name: str, level: int, message: object, *args: object, **more: Any) -> dict[str, Any]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(line_formatter())
    logger = logging.Logger(name)
    logger.addHandler(handler)
    logger.log(level, message, *args, **more)
    line: dict[str, Any] = json.loads(stream.getvalue())
    assert stream.getvalue().count("\n") == 1
    return line


def test_a_line_says_when_who_and_what(say):
    line = say("dashboard.snapshots.feed", logging.WARNING, "the board is %d s old", 17)

    assert line["event"] == "the board is 17 s old"
    assert (line["level"], line["logger"]) == ("warning", "dashboard.snapshots.feed")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["at"])


def test_texts_of_others_are_left_out_their_numbers_are_not(say):
    line = say("gunicorn.error", logging.INFO, "pid %s asked %s", 4711, "/cases?q=张三丰")

    assert line["event"] == "pid 4711 asked …"


@pytest.mark.parametrize(
    "message, expected",
    [
        ("Error handling request /cases?q=张三丰", "Error handling request /cases?…"),
        ("who calls 13812345678?", "who calls ***?"),
        ("is it well? it is", "is it well? it is"),
        ("one\nline\r\nonly", "one line only"),
    ],
)
def test_queries_and_numbers_of_people_are_taken_out_of_sentences(say, message, expected):
    assert say("gunicorn.error", logging.ERROR, message)["event"] == expected


def test_only_fields_on_the_list_are_written(say):
    line = say("x", logging.INFO, "said", extra={"status": 200, "name_of_party": "张三丰"})

    assert line["status"] == 200
    assert set(line) <= set(FIELDS)


def test_an_error_of_the_database_does_not_quote_what_was_written(county):
    with pytest.raises(DBAPIError) as raised, county.begin() as connection:
        add = "INSERT INTO site (key, value) VALUES (:key, :value)"
        for _ in range(2):
            connection.execute(text(add), {"key": PLANTED[1], "value": f'"{PLANTED[0]}"'})

    assert any(each in str(raised.value) for each in PLANTED)
    assert not any(each in words_of(raised.value) for each in PLANTED)
    assert "Error" in words_of(raised.value)


def test_what_we_say_ourselves_is_said():
    assert words_of(BusyError("the database is busy")) == "the database is busy"
    assert words_of(ValueError(PLANTED[0])) == "ValueError"
    assert words_of(FileNotFoundError(2, "No such file", PLANTED[0])) == (
        "FileNotFoundError: No such file"
    )


@given(message=st.text(), argument=st.one_of(st.text(), st.integers(), st.none()))
def test_whatever_is_said_is_one_line_with_no_planted_number(message, argument):
    for name in ("dashboard.x", "waitress"):
        said = f"{message.replace('%', '')} {' '.join(PLANTED[1:])} %s"
        line = written(name, logging.ERROR, said, argument)
        assert not any(each in json.dumps(line, ensure_ascii=False) for each in PLANTED)
        assert len(line["event"]) <= LONGEST


def test_a_storm_of_errors_is_said_thirty_times_a_minute():
    moment = 0.0
    flood = Flood(lambda: moment)

    def let_through(line: int, level: int = logging.ERROR) -> logging.LogRecord | None:
        record = logging.LogRecord("x", level, "f.py", line, "%s failed", (moment,), None)
        return record if flood.filter(record) else None

    day, kept = 86_400, 0
    for second in range(0, day, 60):
        moment = float(second)
        kept += sum(let_through(1) is not None for _ in range(600))  # ten a second
    assert kept == A_MINUTE * day // 60
    assert kept * 1_000 < 100_000_000  # bytes: a line is never longer than that

    assert let_through(2) is not None
    assert let_through(1, logging.INFO) is not None
    moment += 60
    first = let_through(1)
    assert first is not None
    assert vars(first)["again"] == 570


def test_the_longest_line_is_short_enough(say):
    def deep(n: int) -> None:
        if n:
            deep(n - 1)
        raise OSError(28, "x" * 500)

    try:
        deep(50)
    except OSError:
        line = say("dashboard.x", logging.ERROR, "说" * 5_000, exc_info=True)
    assert len(json.dumps(line, ensure_ascii=False).encode()) < 3_000


def test_a_process_that_is_set_up_speaks_json_alone():
    code = (
        "import logging\n"
        "from dashboard.operations.log_lines import set_up_log\n"
        "set_up_log()\n"
        "logging.getLogger('gunicorn.error').info('Booting worker with pid: %s', 7)\n"
        "logging.getLogger('alembic.runtime').info('not said')\n"
        "logging.getLogger('gunicorn.access').info('not said')\n"
        "logging.getLogger('dashboard.x').warning('said')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == ""
    events = [json.loads(line)["event"] for line in done.stderr.splitlines()]
    assert events == ["Booting worker with pid: 7", "said"]
