import gzip
import logging
from dataclasses import replace
from typing import Any

import orjson
from dash import html

from callbacks.paint import VERSIONS_KEPT, Painter
from dashboard.snapshots.board import Board
from layouts.panels.fault import fault_panel
from layouts.words import Words
from tests.boards import a_board

ZH = Words("zh-CN")


def supervised(board: Board, words: Words) -> html.B:
    return html.B(str(board.supervised))


def motto(board: Board, words: Words) -> html.P:
    return html.P(words.text("app.sub"))


def points(board: Board, words: Words) -> dict[str, int]:
    return {"points": len(board.hazards.marks)}


def a_painter(**panels: Any) -> Painter:
    return Painter({"a": supervised, "b": motto, **panels}, points, ZH)


def unpacked(answer: bytes) -> dict[str, Any]:
    return orjson.loads(gzip.decompress(answer))


def test_whoever_has_nothing_gets_everything():
    painter = a_painter()
    painting = painter.paint(a_board())
    answer = unpacked(painter.changes(painting, ""))

    assert answer["version"] == painting.version
    assert set(answer["panels"]) == {"a", "b"}
    assert answer["panels"]["a"]["props"] == {"children": "3"}
    assert answer["map"] == {"points": 18}


def test_an_unknown_version_gets_everything():
    painter = a_painter()
    painting = painter.paint(a_board())

    assert painter.changes(painting, "invented") == painter.changes(painting, "")
    assert len(painting.answers) == 1


def test_only_what_changed_since_is_sent():
    painter = a_painter()
    first = painter.paint(a_board(supervised=3))
    second = painter.paint(a_board(supervised=4))
    answer = unpacked(painter.changes(second, first.version))

    assert answer["panels"]["a"]["props"] == {"children": "4"}
    assert set(answer["panels"]) == {"a"}
    assert answer["map"] is None


def test_a_board_with_the_same_figures_has_the_same_version():
    painter = a_painter()
    first = painter.paint(a_board())
    later = painter.paint(a_board(as_of=first.board.as_of.replace(second=41)))

    assert later.version == first.version


def test_a_board_is_painted_once_however_often_it_is_asked_for():
    times = []

    def counting(board: Board, words: Words) -> html.B:
        times.append(board)
        return html.B()

    painter, board = a_painter(c=counting), a_board()
    for _ in range(3):
        painter.paint(board)

    assert len(times) == 1


def test_versions_beyond_those_kept_are_unknown():
    painter = a_painter()
    oldest = painter.paint(a_board(supervised=0))
    for number in range(1, VERSIONS_KEPT + 1):
        newest = painter.paint(a_board(supervised=number))

    assert set(unpacked(painter.changes(newest, oldest.version))["panels"]) == {"a", "b"}


def test_a_panel_that_fails_says_so_and_the_others_stay(caplog):
    def broken(board: Board, words: Words) -> html.B:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        painter = a_painter(c=broken)
        answer = unpacked(painter.changes(painter.paint(a_board()), ""))

    fault = orjson.loads(orjson.dumps(fault_panel(ZH).to_plotly_json()["props"]["className"]))
    assert answer["panels"]["c"]["props"]["className"] == fault
    assert answer["panels"]["a"]["props"] == {"children": "3"}
    assert "ZeroDivisionError" in caplog.text


def test_a_map_that_fails_leaves_the_one_on_the_screen():
    def broken(board: Board, words: Words) -> object:
        raise ZeroDivisionError

    painter = Painter({"a": supervised}, broken, ZH)

    assert unpacked(painter.changes(painter.paint(a_board()), ""))["map"] is None


def test_an_answer_for_the_board_before_is_not_given_for_the_next():
    painter = a_painter()
    first = painter.paint(a_board(supervised=1))
    second = painter.paint(replace(first.board, supervised=2))
    old, new = unpacked(painter.changes(first, "")), unpacked(painter.changes(second, ""))

    assert [each["panels"]["a"]["props"]["children"] for each in (old, new)] == ["1", "2"]
