"""What came in and went out in the span of a briefing, and what that made of the stock."""

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.days import SHORT
from dashboard.briefing.waiting import Shown
from dashboard.figures.composition import Part
from dashboard.figures.filters import NONE
from dashboard.figures.period import SECOND
from dashboard.terms import Channel, Level
from layouts import format as fmt
from layouts.briefing.document import Line, Section
from layouts.briefing.headline import days_of
from layouts.briefing.reference import Counted, Waiting, of
from layouts.briefing.said import share_text, versus
from layouts.briefing.sentence import aside, line, listed, number, opening, pair, sentence, stopped
from layouts.words import Words


def overall(briefing: Briefing, words: Words) -> Section:
    """Write what was accepted and closed, and how the stock came to be what it is."""
    return Section(
        title=words.text("briefing.overall"),
        lines=(_accepted(briefing, words), _closed(briefing, words), _stock(briefing, words)),
    )


def _accepted(briefing: Briefing, words: Words) -> Line:
    found, days = briefing.overall, days_of(briefing, words)

    def by(channel: Channel, n: int) -> Line:
        opens = of("accepted", days.own, channels=frozenset({channel}))
        return pair(words.text(f"channel.{channel}"), number(n, opens), words)

    channels = listed((by(*one) for one in found.channels), words)
    whole = number(found.accepted.value, of("accepted", days.own))
    running = "month" if briefing.issue.cycle in SHORT else "year"
    far = number(found.accepted_so_far.value, of("accepted", days.so_far))
    return sentence(
        words,
        "briefing.accepted.line",
        now=aside(
            sentence(words, "briefing.accepted", n=whole),
            versus(found.accepted, words), channels, words=words,
        ),
        far=aside(
            sentence(words, f"briefing.accepted.so_far.{running}", n=far),
            versus(found.accepted_so_far, words), words=words,
        ),
    )  # fmt: skip


def _closed(briefing: Briefing, words: Words) -> Line:
    found, own = briefing.overall, days_of(briefing, words).own

    def rate(key: str, text: str, figure: str) -> Line:
        return sentence(
            words, key, rate=opening(text, of(figure, own) if text != fmt.DASH else None)
        )

    same_day = number(found.closed_same_day.value, of("same_day_rate", own, Part.COUNTED))
    rated = number(found.satisfied.of or 0, of("rating_rate", own, Part.COUNTED))
    due = number(found.on_time.of, of("due", own))
    return sentence(
        words,
        "briefing.closed.line",
        closed=aside(
            sentence(words, "briefing.closed", n=number(found.closed.value, of("closed", own))),
            versus(found.closed, words),
            sentence(words, "briefing.same_day", n=same_day),
            words=words,
        ),
        rate=aside(
            rate("briefing.on_time", share_text(found.on_time), "on_time_rate"),
            sentence(words, "briefing.due", n=due) if found.on_time.of else "",
            versus(found.on_time, words),
            words=words,
        ),
        followed=number(found.followed_up.value, of("follow_up_rate", own, Part.COUNTED)),
        satisfied=aside(
            rate("briefing.satisfied", share_text(found.satisfied), "satisfaction_rate"),
            sentence(words, "briefing.rated", n=rated),
            words=words,
        ),
    )


def _stock(briefing: Briefing, words: Words) -> Line:
    flow, own = briefing.overall.flow, days_of(briefing, words).own

    def of_level(level: Level | None, n: int) -> Line:
        name = words.text(f"level.{level}" if level else "briefing.level.none")
        return pair(name, number(n, of("open", levels=frozenset({level or NONE}))), words)

    levels = listed((of_level(*one) for one in briefing.overall.levels), words)
    before = Counted("in_hands", as_of=briefing.issue.start - SECOND)
    text = sentence(
        words,
        "briefing.stock",
        opening=number(flow.opening, before),
        accepted=number(flow.accepted, of("stock_accepted", own)),
        reopened=number(flow.reopened, of("reopened", own)),
        left=number(flow.left, of("stock_left", own)),
        closing=number(flow.closing, of("in_hands")),
    )
    return sentence(words, "briefing.stock.line", stock=aside(text, levels, words=words))


def lists(briefing: Briefing, words: Words) -> Section | None:
    """Write the counts of the three lists, where the cycle has them."""
    found = briefing.lists
    if found is None:
        return None
    unjudged = of("accepted", days_of(briefing, words).own, risks=frozenset({NONE}))
    counts = (
        ("long_open", found.long_open, None), ("new_unjudged", found.new_unjudged, unjudged),
        ("watched", found.watched, None),
    )  # fmt: skip
    told = [
        sentence(words, f"briefing.lists.{name}", n=number(n, opens))
        for name, n, opens in counts
        if n is not None
    ]
    return Section(title=words.text("briefing.lists"), lines=(stopped(listed(told, words), words),))


def orders(briefing: Briefing, words: Words) -> Line:
    """Write what is not answered, and what was sent back."""
    found, own = briefing.orders, days_of(briefing, words).own
    colours = [
        pair(words.text(f"briefing.orders.{shown}"), number(n, Waiting(shown)), words)
        for shown, n in (
            (Shown.RED, found.red), (Shown.YELLOW, found.yellow), (Shown.BLUE, found.blue),
            (Shown.UNCOLOURED, found.uncoloured),
        )
        if n
    ]  # fmt: skip
    whole = sentence(words, "briefing.orders", n=number(found.waiting, Waiting(Shown.ALL)))
    accuracy = share_text(briefing.overall.first_dispatch)
    rate = opening(accuracy, of("first_dispatch_accuracy", own))
    returned = number(found.returned, of("unit_return_rate", own, Part.COUNTED))
    parts = [aside(whole, listed(colours, words), words=words)]
    if found.letters is not None:
        parts.append(line(words.text("briefing.letters", n=fmt.number(found.letters))))
    parts.append(
        aside(
            sentence(words, "briefing.returned", n=returned),
            sentence(words, "briefing.first_dispatch", rate=rate),
            words=words,
        )
    )
    return stopped(listed(parts, words, "semicolon"), words)
