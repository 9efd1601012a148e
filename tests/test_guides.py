"""What the guides name is there, and one thing has one place in all of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDES = [
    ROOT / "README.md",
    *sorted(DOCS.glob("*.md")),
    *sorted((DOCS / "decisions").glob("*.md")),
]
OF_THE_TREE = re.compile(r"(?:dashboard|layouts|callbacks|geodata|benchmarks|tests|docs)/[\w./]*")
A_TEST = re.compile(r"test_\w+\.py")


def named(guide: Path) -> Iterator[tuple[str, str]]:
    """Each file or folder of this tree a guide names as code, and what in it."""
    for said in re.findall(r"`([^`\n]+)`", guide.read_text("utf-8")):
        path, _, name = said.partition("::")
        if OF_THE_TREE.fullmatch(path) or A_TEST.fullmatch(path):
            yield path, name
        if found := re.search(r"python -m (benchmarks\.\w+)", said):
            yield f"{found[1].replace('.', '/')}.py", ""


def files(path: str) -> list[Path]:
    """The file of a path, or those of a test's name alone."""
    if A_TEST.fullmatch(path):
        return sorted((ROOT / "tests").rglob(path))
    return [ROOT / path] if (ROOT / path).exists() else []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_what_a_guide_names_is_there_once(guide):
    for path, name in named(guide):
        found = files(path)
        assert len(found) == 1, f"{path}: {found}"
        if name:
            assert re.search(rf"\b{name}\b", found[0].read_text("utf-8")), f"{path}::{name}"


def test_the_guides_name_many_tests():
    for guide, least in (("guarantees.md", 60), ("security.md", 80)):
        assert sum("test_" in path for path, _ in named(DOCS / guide)) >= least


def test_every_link_between_guides_leads_somewhere():
    for guide in GUIDES:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", guide.read_text("utf-8")):
            assert (guide.parent / target).exists(), f"{guide.name}: {target}"


PLACES = {
    "/opt/wuqing": "the program, by version, and `current`",
    "/etc/wuqing": "settings and secrets",
    "/var/lib/wuqing": "the database of SQLite and the service's own files",
    "/var/backups/wuqing": "backups",
    "/var/log/nginx/wuqing": "what nginx writes down",
    "/etc/nginx/": "nginx",
    "/etc/systemd/system/": "units",
    "/etc/chromium/": "the browser of a wall",
}


def test_each_thing_has_one_place():
    """A folder of ours that one guide names is that of all, and of the files to copy."""
    texts = [*GUIDES, *(DOCS / "examples" / "server").iterdir()]
    ours = re.compile(r"(?<![\w./])/(?:opt|srv|etc|var|home)/[\w./-]*(?:wuqing|backup)[\w./-]*")
    found = {path for text in texts for path in ours.findall(text.read_text("utf-8"))}
    assert {path for path in found if not path.startswith(tuple(PLACES))} == set()
    assert len(found) > 10
