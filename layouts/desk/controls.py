"""What a leader turns: links and forms whose whole state is the address."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dash import html
from dash.development.base_component import Component

from dashboard.calendar import local_day
from dashboard.drilldown.against import Against
from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts import format as fmt
from layouts.address import Zoned, clock_text, link
from layouts.desk.asking import Asking
from layouts.words import Words

OFFERED = tuple(kind for kind in PeriodKind if kind is not PeriodKind.CUSTOM)


class Input(Component):  # type: ignore[misc]  # Dash has no types
    """A plain form field; Dash's own html has none. Only `draw.js` and `markup` draw it."""

    _namespace = "wuqing"
    _type = "Input"
    _prop_names = ("type", "name", "value", "placeholder", "checked", "className", "min", "max",
                   "required", "size", "id", "autoComplete", "maxLength")  # fmt: skip
    available_properties = list(_prop_names)
    available_wildcard_properties = ["data-", "aria-"]
    _valid_wildcard_attributes = available_wildcard_properties

    def __init__(self, **props: Any) -> None:  # noqa: ANN401 -- attributes of an element
        super().__init__(**props)


def segments(options: Sequence[tuple[str, str, bool]], label: str) -> Component:
    """A choice of one: (text, address, chosen)."""
    links = [
        html.A(text, href=href, className="on" if chosen else "",
               **({"aria-current": "true"} if chosen else {}))
        for text, href, chosen in options
    ]  # fmt: skip
    return html.Div(links, className="d-segments", role="group", **{"aria-label": label})


def period_control(asking: Asking) -> Component:
    """Kinds of periods, a step back and forth, and free dates in a fold."""
    question, zoned, words = asking.question, asking.zoned, asking.words
    own = _own(asking)

    def to(period: PeriodChoice) -> str:
        return asking.to(asking.path, question.over(period), **own)

    today = zoned.today
    if question.as_of is not None:
        today = local_day(question.as_of, zoned.zone)
    period = question.period
    day = min(max(today, period.first), period.last)
    options = [
        (words.text(f"period.{kind}"), to(PeriodChoice.containing(kind, day)), kind is period.kind)
        for kind in OFFERED
    ]
    steps = [
        html.A("‹", href=to(period.previous()), title=words.text("period.previous")),
        html.Span(period_text(period, words)),
    ]
    if period.last < today:
        steps.append(html.A("›", href=to(period.following()), title=words.text("period.following")))
    return html.Div(
        [
            segments(options, words.text("period.label")),
            html.Span(steps, className="d-steps"),
            _free_dates(asking),
        ],
        className="d-period",
    )


def compare_control(
    asking: Asking, against: Against, offered: Sequence[Against]
) -> list[Component]:
    """What the page compares with; nothing where there is no choice."""
    if len(offered) < 2:
        return []
    words = asking.words
    options = [
        (
            words.text(f"compare.{one}"),
            asking.same(compare=None if one is Against.PREVIOUS else one),
            one is against,
        )
        for one in offered
    ]
    return [segments(options, words.text("compare.label"))]


def period_text(period: PeriodChoice, words: Words) -> str:
    """Write a period's days, and the time they begin at where that is not midnight."""
    if period.starts:
        clock, until = clock_text(period.starts), period.last + timedelta(days=1)
        begin = f"{fmt.day_with_year(period.first, words)} {clock}"
        return words.text("period.span", first=begin, last=f"{fmt.month_day(until, words)} {clock}")
    if period.first == period.last:
        return fmt.day(period.first, words)
    same_year = period.first.year == period.last.year
    end = fmt.month_day if same_year else fmt.day_with_year
    first = fmt.day_with_year(period.first, words)
    return words.text("period.span", first=first, last=end(period.last, words))


def _own(asking: Asking) -> dict[str, str]:
    """The page's own keys that outlive another question: not the page of its list."""
    return {key: value for key, value in asking.own.items() if key not in ("page", "lang")}


def _own_fields(asking: Asking) -> list[Component]:
    return [Input(type="hidden", name=key, value=value) for key, value in _own(asking).items()]


def _free_dates(asking: Asking) -> Component:
    question, zoned, words = asking.question, asking.zoned, asking.words
    period = question.period
    fields = [
        Input(type="date", name="from", value=period.first.isoformat(), required="required"),
        Input(type="date", name="to", value=period.last.isoformat(), required="required"),
        Input(type="hidden", name="period", value=str(PeriodKind.CUSTOM)),
        *kept_fields(question, zoned, words, without=("period", "on", "from", "to", "starts")),
        *_own_fields(asking),
        html.Button(words.text("period.show"), type="submit"),
    ]
    form = html.Form(fields, action=asking.path, method="get")
    return html.Details([html.Summary(words.text("period.custom")), form], className="d-fold")


def as_of_control(asking: Asking) -> Component:
    """Ask the page as of another moment, as known now or as known then."""
    question, zoned, words = asking.question, asking.zoned, asking.words
    moment = "" if question.as_of is None else question.as_of.astimezone(zoned.zone).strftime(
        "%Y-%m-%dT%H:%M"
    )  # fmt: skip
    known = html.Select(
        [
            html.Option(words.text("asof.now"), value="now"),
            html.Option(words.text("asof.then"), value="then",
                        **({"data-chosen": "1"} if question.known == "then" else {})),
        ],
        name="known",
    )  # fmt: skip
    fields = [
        Input(type="datetime-local", name="as_of", value=moment, required="required"),
        known,
        *kept_fields(question, zoned, words, without=("as_of", "known")),
        *_own_fields(asking),
        html.Button(words.text("period.show"), type="submit"),
    ]
    form = html.Form(fields, action=asking.path, method="get")
    return html.Details([html.Summary(words.text("asof.label")), form], className="d-fold")


def kept_fields(
    question: Question, zoned: Zoned, words: Words, *, without: Sequence[str]
) -> list[Component]:
    """The rest of a question as hidden fields of a form."""
    query = urlsplit(link("/", question, zoned, words.language)).query
    return [
        Input(type="hidden", name=key, value=value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if key not in without
    ]


def button(text: str, href: str, *, primary: bool = False, download: bool = False) -> Component:
    """A link that looks like a button."""
    more: Mapping[str, str] = {"data-download": "1"} if download else {}
    return html.A(text, href=href, className="d-button primary" if primary else "d-button", **more)


def print_button(words: Words) -> Component:
    """Print the page; the script does it."""
    return html.Button(words.text("desk.print"), className="d-button", **{"data-print": "1"})


def figure_link(text: str, href: str) -> Component:
    """A number that opens into its explanation."""
    return html.A(text, href=href, className="fig")
