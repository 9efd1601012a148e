"""What stands where no case has the code of an address: mistyped, no code at all, or not here."""

from dash import html

from dashboard.cases import code as codes
from dashboard.drilldown.case import Mistyped
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.card import Child
from layouts.desk.controls import button
from layouts.desk.frame import Crumb, DeskPage


def layout(code: str, found: Mistyped | None, asking: Asking) -> DeskPage:
    """Say which it is, and lead to the case that was meant if there is one."""
    words = asking.words
    title, body = _mistyped(found, asking) if found is not None else _unknown(code, asking)
    return DeskPage(
        title=title,
        here="cases",
        crumbs=[Crumb(words.text("nav.cases"), asking.to("/cases")), Crumb(code)],
        body=[html.Section(body, className="d-card k-mistyped")],
        narrow=True,
    )


def _mistyped(found: Mistyped, asking: Asking) -> tuple[str, list[Child]]:
    words = asking.words
    body: list[Child] = [html.P(words.text("case.mistyped", code=found.code))]
    if found.meant is not None:
        text = words.text("case.mistyped.meant", code=found.meant)
        body.append(html.P(button(text, asking.case(found.meant), primary=True)))
    else:
        body.append(html.P(words.text("case.mistyped.none")))
    return words.text("case.mistyped.title"), body


def _unknown(code: str, asking: Asking) -> tuple[str, list[Child]]:
    words, as_of = asking.words, asking.question.as_of
    key = "case.absent" if codes.is_valid(code) else "case.absent.no_code"
    text = words.text(key, code=code)
    if key == "case.absent" and as_of is not None:
        text = words.text("case.absent.then", code=code, t=fmt.moment(as_of, words))
    return words.text("case.absent.title"), [html.P(text)]
