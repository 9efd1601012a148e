"""What came to the key cases in the span: high risks, those that rebounded, departments called."""

from collections.abc import Iterator

from dashboard.briefing.briefing import Briefing
from dashboard.terms import Risk
from layouts import format as fmt
from layouts.briefing.document import Line
from layouts.briefing.headline import days_of
from layouts.briefing.reference import of
from layouts.briefing.sentence import listed, number, opening, sentence, stopped
from layouts.words import Words


def key_moves(briefing: Briefing, words: Words) -> tuple[Line, ...]:
    """Write it in a sentence; nothing where there is nothing, as of an older paper."""
    told = listed((*_cases(briefing, words), *_calls(briefing, words)), words, "semicolon")
    moves, calls = briefing.key_moves, briefing.calls
    anything = briefing.key_cases or any(
        (moves and (moves.high_risk or moves.rebounded), calls and calls.raised)
    )
    return (stopped(told, words),) if told and anything else ()


def _cases(briefing: Briefing, words: Words) -> Iterator[Line]:
    found, own = briefing.key_moves, days_of(briefing, words).own
    if found is None:
        return
    high = of("accepted", own, risks=frozenset({Risk.HIGH}))
    yield sentence(words, "briefing.high_risk", n=number(found.high_risk, high))
    yield sentence(words, "briefing.rebounded", n=number(found.rebounded, of("rebounded", own)))


def _calls(briefing: Briefing, words: Words) -> Iterator[Line]:
    found, own = briefing.calls, days_of(briefing, words).own
    if found is None:
        return
    key = "briefing.calls" if found.raised else "briefing.calls.none"
    mean = fmt.DASH if found.arrival_s is None else fmt.duration_two(found.arrival_s, words)
    parts = {
        "raised": number(found.raised, of("whistles", own)),
        "mean": opening(mean, of("arrival_time", own)),
        "waiting": number(found.waiting, of("whistles_waiting", own)),
    }
    yield sentence(words, key, **parts)
