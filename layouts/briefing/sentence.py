"""Sentences of a briefing: texts of the catalogue whose numbers open."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from string import Formatter

from layouts import format as fmt
from layouts.briefing.document import Line, Run
from layouts.briefing.reference import Reference
from layouts.words import Words

Piece = str | Line


def sentence(words: Words, key: str, **parts: Piece) -> Line:
    """Fill the placeholders of a text with runs.

    Raises:
        KeyError: a placeholder has no part.
    """
    runs: list[Run] = []
    for literal, name, _, _ in Formatter().parse(words.text(key)):
        runs.append(Run(literal))
        if name is not None:
            runs += line(parts[name])
    return _merged(runs)


def line(piece: Piece) -> Line:
    """Make a sentence of plain text."""
    return (Run(piece),) if isinstance(piece, str) else piece


def number(value: float | None, opens: Reference | None) -> Line:
    """Write a count that opens; nothing opens into nothing."""
    return opening(fmt.number(None if value is None else round(value)), opens if value else None)


def opening(text: str, opens: Reference | None) -> Line:
    """Write what opens; a dash does not."""
    return (Run(text, opens=None if text == fmt.DASH else opens),)


def strong(piece: Line) -> Line:
    """Emphasize a sentence."""
    return tuple(replace(run, strong=True) for run in piece)


def listed(pieces: Iterable[Piece], words: Words, mark: str = "and") -> Line:
    """Write an enumeration of what says something; `mark` is the key of what stands between."""
    runs: list[Run] = []
    for piece in map(line, pieces):
        if any(run.text for run in piece):
            runs += [*([Run(words.text(f"briefing.{mark}"))] if runs else []), *piece]
    return _merged(runs)


def pair(name: str, counted: Line, words: Words) -> Line:
    """Write a name and its count."""
    return sentence(words, "briefing.pair", name=name, n=counted)


def aside(text: Piece, *parts: Piece, words: Words) -> Line:
    """Put what says something in brackets behind a text."""
    inner = listed(parts, words, "comma")
    return sentence(words, "briefing.aside", text=text, inner=inner) if inner else line(text)


def stopped(piece: Piece, words: Words) -> Line:
    """End a paragraph with a full stop."""
    *runs, last = sentence(words, "briefing.stop", text=piece)
    return (*runs, replace(last, text=last.text.rstrip()))


def _merged(runs: Iterable[Run]) -> Line:
    """Join neighbours that look alike and do not open."""
    merged: list[Run] = []
    for alike, group in groupby(runs, lambda run: (run.strong, run.opens)):
        if alike[1] is not None:
            merged += group
            continue
        text = "".join(run.text for run in group)
        merged += [Run(text, strong=alike[0])] if text else []
    return tuple(merged)
