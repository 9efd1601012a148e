"""The list a case was opened from: kept in the case's address, with the way along it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.listing import PAGE
from dashboard.drilldown.neighbours import Neighbour, Neighbours
from layouts import format as fmt
from layouts.address import AddressError, link, number_of, parse
from layouts.desk.asking import Asking

OF_A_LIST = ("view", "sort", "size", "part")
"""Keys of its own a list has in its address; which page of it is shown is not among them."""

FARTHEST_PLACE = 10_000_000
LONGEST = 2000
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class FromList:
    """A list's page, asked as of the case's moment, and the place the case had in it, from 1."""

    asking: Asking
    place: int


def listed_case(code: str, place: int, asking: Asking, **own: str) -> str:
    """Write the address of a case that stands at a place of the list a page shows.

    `own` says what of the list its page does not say in its address.
    """
    kept = {key: value for key, value in {**asking.own, **own}.items() if key in OF_A_LIST}
    zoned = asking.zoned
    address = link(asking.path, asking.question, zoned, zoned.default_language, **kept)
    return asking.case(code, list=address, nth=place)


def list_of(asking: Asking) -> FromList | None:
    """Read the list a case's address names; None when it names none.

    Raises:
        AddressError: it is no address of a list.
    """
    text = asking.own.get("list", "")
    if not text:
        return None
    place = number_of({"nth": [asking.own.get("nth", "1")]}, "nth", 1, FARTHEST_PLACE)
    try:
        address = urlsplit(text)
        query = parse_qs(address.query, keep_blank_values=True, max_num_fields=200)
        question = parse(query, asking.zoned)
        number_of(query, "size", PAGE, MOST_ROWS)
    except ValueError:  # an AddressError, too: what is wrong is the list
        raise AddressError("list", text[:80]) from None
    if len(text) > LONGEST or address.scheme or address.netloc:
        raise AddressError("list", text[:80])
    own = {key: query[key][-1] for key in OF_A_LIST if key in query}
    question = question.at(asking.question.as_of, asking.question.known)
    return FromList(Asking(address.path, question, asking.zoned, asking.words, own), place)


def way_along(listed: FromList, name: str, found: Neighbours) -> Component:
    """Say where in the list the case stands, with the list and the cases beside it as links."""
    words = listed.asking.words
    back = html.A(name, href=_back(listed, found))
    if found.place is None:
        return html.Div([words.text("beside.gone"), " · ", back], className="d-beside")
    place, total = fmt.number(found.place), fmt.number(found.total)
    return html.Div(
        [
            html.Span([words.text("beside.place", n=place, total=total), " · ", back]),
            _step("before", found.before, listed),
            _step("after", found.after, listed),
        ],
        className="d-beside",
    )


def _step(way: str, to: Neighbour | None, listed: FromList) -> Component:
    text = listed.asking.words.text(f"beside.{way}")
    if to is None:
        return html.Span(text, className="off")
    return html.A(text, href=listed_case(to.code, to.place, listed.asking))


def _back(listed: FromList, found: Neighbours) -> str:
    """Write the address of the page of the list the case is on."""
    size = int(listed.asking.own.get("size", PAGE))
    page = ((found.place or 1) - 1) // size + 1
    return listed.asking.same(page=None if page == 1 else page)
