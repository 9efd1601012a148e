"""The keys leaders' pages know, written out; `desk-help.js` shows them when `?` is pressed."""

from dash import html
from dash.development.base_component import Component

from layouts.words import Words

KEYS = (
    ("enter", ("Enter",)),
    ("tab", ("Tab", "Shift Tab")),
    ("list", ("↑", "↓")),
    ("matrix", ("↑", "↓", "←", "→")),
    ("escape", ("Esc",)),
    ("help", ("?",)),
)
"""What can be done, by the name of its text, and the keys that do it."""


def keys_panel(words: Words) -> Component:
    """List the keys; hidden within the page until the script shows a copy over it."""
    rows = [
        html.Div(
            [
                html.Dt([html.B(key, className="kbd") for key in keys]),
                html.Dd(words.text(f"keys.{name}")),
            ]
        )
        for name, keys in KEYS
    ]
    return html.Section(
        [
            html.H2(words.text("keys.title")),
            html.Dl(rows),
            html.Button(words.text("keys.close"), type="button", className="d-button"),
        ],
        id="desk-keys",
        className="d-keys",
    )
