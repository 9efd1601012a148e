import re
from pathlib import Path

from dashboard.access.role import RIGHTS, Right, Role

DOCS = Path(__file__).parents[3] / "docs/access.md"
SHOWN = (Right.WALL, Right.DESK, Right.EXPORT)


def test_the_table_of_the_docs_is_that_of_the_code():
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", DOCS.read_text("utf-8"), re.MULTILINE)
    written = {
        name: {
            right
            for right, cell in zip(SHOWN, cells.split("|")[1:], strict=True)
            if cell.strip() == "✓"
        }
        for name, cells in rows
    }

    assert written == {
        str(role): set(RIGHTS[role]) & set(SHOWN) for role in Role if role is not Role.SCREEN
    }
    assert [name for name, _ in rows] == [str(role) for role in Role if role is not Role.SCREEN]


def test_only_the_administrator_administers():
    assert [role for role in Role if Right.ADMINISTER in RIGHTS[role]] == [Role.ADMINISTRATOR]
