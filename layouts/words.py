"""The interface's words in one language and the zone its times are written in."""

from functools import cache
from importlib import resources
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDERS: dict[Language, str] = {"zh-CN": "zh_CN", "en": "en"}


class Words:
    """Texts by key; a key that no catalogue holds is a mistake of the caller and raises."""

    def __init__(self, language: Language, zone: ZoneInfo | None = None) -> None:
        self.language = language
        self.zone = zone or ZoneInfo("Asia/Shanghai")
        self._texts = _catalogue(language)

    def text(self, key: str, /, **values: object) -> str:
        """Return the text of `key` with its `{placeholders}` filled.

        Without `values` the placeholders stay, for scripts that fill them in the browser.

        Raises:
            KeyError: the key, or a placeholder of its text, is missing.
        """
        text = self._texts[key]
        return text.format(**values) if values else text

    def knows(self, key: str) -> bool:
        """Say whether the catalogue holds `key`: codes may come from a centre's own lists."""
        return key in self._texts

    @property
    def keys(self) -> frozenset[str]:
        """All keys of the catalogue."""
        return frozenset(self._texts)


@cache
def _catalogue(language: Language) -> dict[str, str]:
    """Read every catalogue of the folder; one a subject, and no key stands in two."""
    folder = resources.files("layouts").joinpath("locale", _FOLDERS[language], "LC_MESSAGES")
    texts: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if not entry.name.endswith(".po"):
            continue
        with entry.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        found = {str(message.id): str(message.string) for message in catalogue if message.id}
        twice = texts.keys() & found.keys()
        if twice:
            raise ValueError(f"{entry.name} repeats {', '.join(sorted(twice))}")
        texts |= found
    return texts
