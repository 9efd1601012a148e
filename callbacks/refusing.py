"""A form that is not kept is answered by its page: what was typed is still there, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, request

from callbacks import gate
from callbacks.desk import Desk
from callbacks.pages import Visit, written
from layouts.desk.refused import Refused
from layouts.words import LANGUAGES, Language

MEANWHILE = frozenset(
    {"sealed", "running", "none", "no_matter", "decided", "closed", "earlier", "twice", "gone"}
)
"""Why something cannot be kept however it is typed: somebody was first, or it is not the time."""


def sent(reason: str, field: str = "", **changes: str) -> Refused:
    """Return this request's form as it was sent; `changes` are fields of another form for it."""
    fields = {name: tuple(request.form.getlist(name)) for name in request.form}
    fields |= {name: (text,) for name, text in changes.items()}
    return Refused(action=request.path, fields=fields, reason=reason, field=field)


@dataclass(frozen=True, slots=True)
class Refusing:
    """Answers with the page of an address, drawn for this answer alone."""

    desk: Desk
    default: Language

    def __call__(self, path: str, query: Mapping[str, str], refused: Refused) -> Response:
        """Draw it: 409 where somebody was first, 403 where it is not theirs, else 400."""
        asked = request.form.get("lang", self.default)
        language = next((each for each in LANGUAGES if each == asked), self.default)
        named = {key: [value] for key, value in query.items()}
        found = self.desk.answer(Visit(path, named, language, gate.viewer(), refused))
        if found.status == 200:
            found = found._replace(status=_status(refused))
        spoken = {**query, "lang": language} if language != self.default else query
        return written(found, language, f"{path}?{urlencode(spoken)}" if spoken else path)


def _status(refused: Refused) -> int:
    code = refused.reason.rpartition(".")[2]
    if code == "not_yours":
        return 403
    return 409 if code in MEANWHILE else 400
