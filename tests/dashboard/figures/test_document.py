from pathlib import Path

import pytest

from dashboard.figures.catalogue import DERIVED, FIGURES
from dashboard.figures.document import document
from layouts.words import Words

PAGE = Path(__file__).parents[3] / "docs" / "figures.md"


def text() -> str:
    return document(Words("zh-CN").text, Words("en").text)


def test_ids_of_figures_are_unique():
    ids = [row.id for row in (*FIGURES, *DERIVED)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_figure_has_its_definition_in_words(language):
    words = Words(language)
    keys = [f"figure.{row.id}.{part}" for row in (*FIGURES, *DERIVED)
            for part in ("name", "definition")]  # fmt: skip
    assert [key for key in keys if not words.knows(key)] == []


def test_the_page_of_definitions_is_the_catalogue():
    assert PAGE.read_text("utf-8") == text(), "run python -m tests.dashboard.figures.test_document"


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
