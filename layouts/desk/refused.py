"""A form that was not kept: drawn again with what was typed, and the reason beside the field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from layouts.desk.card import facts
from layouts.panels.marks import symbol
from layouts.words import Words

PLACE = "refused"
"""The id of the reason; the script leads there."""

TYPED: Mapping[str, str] = {
    "title": "decision.field.title",
    "ask": "decision.field.ask",
    "text": "decision.field.text",
    "agreed": "decision.field.agreed",
    "case": "decision.field.case",
    "name": "duty.field.name",
    "due": "decision.field.due",
}
"""Fields somebody fills in by hand, and what they are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What was sent to `action`, as it was typed, and was not kept.

    `reason` is the key of why, and `field` the one it is about, "" for the whole. It is shown to
    who sent it and to nobody else: it stands in no address, no log and nothing that is kept.
    """

    action: str
    fields: Mapping[str, Sequence[str]]
    reason: str
    field: str = ""

    def is_of(self, action: str, **identity: str) -> bool:
        """Tell whether it was sent by the form of this action and these fields."""
        sent = {name: self.fields.get(name, ("",))[0] for name in identity}
        return (self.action, sent) == (action, identity)


@dataclass(frozen=True, slots=True)
class Filling:
    """How one form is drawn: blank, or as it was sent and not kept."""

    refused: Refused | None
    words: Words

    @property
    def opened(self) -> dict[str, str]:
        """What holds the fold of the form open."""
        return {} if self.refused is None else {"open": "open"}

    def typed(self, name: str, otherwise: str = "") -> str:
        """Return what a field holds."""
        return otherwise if self.refused is None else self.refused.fields.get(name, ("",))[0]

    def chosen(self, name: str) -> Sequence[str]:
        """Return what was chosen of a field of several."""
        return () if self.refused is None else self.refused.fields.get(name, ())

    def form(self, labelled: Iterable[tuple[str, str, Component]]) -> list[Component]:
        """Draw fields (name, text, box): the reason stands before the one it is about.

        Where that is none of them it stands before all.
        """
        fields = list(labelled)
        if self.refused is None:
            return [_label(text, box) for _, text, box in fields]
        wrong = self.refused.field
        why = reason(self.refused, self.words)
        drawn = [] if any(name == wrong for name, *_ in fields) else [why]
        for name, text, box in fields:
            if name == wrong:
                setattr(box, "aria-invalid", "true")
                setattr(box, "aria-describedby", PLACE)
                drawn.append(html.Div([why, _label(text, box)], className="d-wrong"))
            else:
                drawn.append(_label(text, box))
        return drawn


def _label(text: str, box: Component) -> Component:
    return html.Label([html.Span(text), box])


def reason(refused: Refused, words: Words) -> Component:
    """Say why; the script puts the focus here, one step before the field."""
    parts = [symbol("yellow"), html.B(words.text(refused.reason))]
    return html.P(parts, id=PLACE, role="alert", tabIndex="-1", className="d-refused")


def left(refused: Refused | None, page: Sequence[object], words: Words) -> list[Component]:
    """Draw what was typed where its form is on the page no more; nothing where it is."""
    if refused is None or any(PLACE in part for part in page if isinstance(part, Component)):
        return []
    typed = [
        (words.text(key), text)
        for name, key in TYPED.items()
        if (text := refused.fields.get(name, ("",))[0].strip())
    ]
    kept = [html.P(words.text("refused.left"), className="d-note"), facts(typed)] if typed else []
    return [html.Section([reason(refused, words), *kept], className="d-card d-left")]
