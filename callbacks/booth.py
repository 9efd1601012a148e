"""What pages of screens are made of: words, titles, and the document around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request

from layouts.pages import screen, screens
from layouts.shell import plain_document, screen_document
from layouts.words import Language, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """What pages of screens show; the first language is the default."""

    words: Mapping[Language, Words]
    titles: Mapping[Language, str]
    night: tuple[str, str]
    build: str

    def language(self) -> Language:
        """Return the language this request asks for."""
        asked = request.form.get("lang") or request.args.get("lang")
        return next((each for each in self.words if each == asked), next(iter(self.words)))

    def write(self, shown: screen.Shown, now: datetime) -> Response:
        """Write a page for a screen."""
        language = self.language()
        frame = screen.Frame(self.titles[language], self.night, now)
        body = screen.layout(shown, frame, self.words[language])
        page = screen_document(
            language=language, title=self.titles[language], body=body, build=self.build
        )
        return Response(page, mimetype="text/html")

    def list(self, page: screens.Listed, status: int = 200) -> Response:
        """Write the list for an administrator."""
        language = self.language()
        words = self.words[language]
        title = f"{words.text('screens.title')} · {self.titles[language]}"
        body = screens.layout(page, words)
        document = plain_document(language=language, title=title, body=body, build=self.build)
        return Response(document, status, mimetype="text/html")
