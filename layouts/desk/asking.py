"""What every leaders' page is drawn with: the question, its address, and the words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.drilldown.question import Question
from layouts.address import Zoned, link
from layouts.desk.refused import Filling, Refused
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class Asking:
    """A visit: the page's `path`, what it asks, and how addresses and words are written.

    `own` are the page's own keys of its query, as they were asked. `refused` is the form that is
    answered by the page.
    """

    path: str
    question: Question
    zoned: Zoned
    words: Words
    own: Mapping[str, str]
    refused: Refused | None = None

    def to(self, path: str, question: Question | None = None, **own: str | int | None) -> str:
        """Write the address of another page that asks the same, or another question."""
        asked = self.question if question is None else question
        return link(path, asked, self.zoned, self.words.language, **own)

    def same(self, **own: str | int | None) -> str:
        """Write this page's address with some of its own keys changed."""
        return self.to(self.path, None, **{**self.own, **own})

    def asking(self, question: Question) -> str:
        """Write this page's address with another question."""
        return self.to(self.path, question, **self.own)

    def in_language(self, language: str) -> str:
        """Write this page's address in another language."""
        return link(self.path, self.question, self.zoned, language, **self.own)

    def figure(self, name: str, question: Question | None = None, part: str | None = None) -> str:
        """Write the address that explains a figure under a question."""
        return self.to(f"/explain/{name}", question, part=part)

    @property
    def plain(self) -> Question:
        """The question without its filters: of the same moment."""
        asked = self.question
        return Question(period=asked.period, as_of=asked.as_of, known=asked.known)

    def case(self, code: str, **own: str | int | None) -> str:
        """Write the address of a case, as of the same moment; `own` are keys its page has."""
        return self.to(f"/case/{code}", self.plain, **own)

    def filling(self, action: str, **identity: str) -> Filling:
        """Return how a form is drawn, which its action and some of its fields tell from others."""
        mine = self.refused is not None and self.refused.is_of(action, **identity)
        return Filling(self.refused if mine else None, self.words)

    def over(self, question: Question) -> "Asking":
        """Ask another question on the same page."""
        return replace(self, question=question)
