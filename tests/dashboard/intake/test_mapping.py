from pathlib import Path

import pytest

from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import (
    Areas,
    Dates,
    Departments,
    Fields,
    Layout,
    Location,
    load_mapping,
)
from tests.dashboard.intake import files


def load(folder, **swaps):
    return load_mapping(files.a_mapping(folder, **swaps))


def test_a_plain_string_names_a_column(tmp_path):
    mapping = load(tmp_path)
    assert mapping.name == "mapping"
    assert mapping.fields.title.column == "title"
    assert mapping.fields.level.value == "general"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "title"', 'titel = "title"', "unknown key 'fields.titel'"),
        ('title = "title"', "", "key 'fields.title' is missing"),
        ("[dates]", "[colours]\nred = 1\n[dates]", "unknown key 'colours'"),
        ("Asia/Shanghai", "Asia/Shangai", "no time zone is called 'Asia/Shangai'"),
        ('formats = ["%Y-%m-%d %H:%M:%S"]', "formats = []", "dates.formats"),
        ('unknown = "create"', 'unknown = "invent"', "departments.unknown.*got 'invent'"),
        ('{ value = "general" }', "{ }", "give either `column` or `value`"),
        ('{ value = "general" }', '{ value = "a", default = "b" }', "need a `column`"),
        ('closed_at = "closed"', "", "belong together"),
        ('column = "area"', "", "belongs to by"),
        ("[dates]", "[dates", "not valid TOML"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_key(tmp_path, old, new, told):
    with pytest.raises(IntakeError, match=told):
        load(tmp_path, **{old: new})


def test_areas_by_point_need_a_location(tmp_path):
    text = files.MAPPING.replace('by = "name"\ncolumn = "area"', 'by = "point"')
    text = text[: text.index("[location]")]
    with pytest.raises(IntakeError, match=r"needs a \[location\]"):
        load_mapping(files.a_mapping(tmp_path, text))


def test_a_mapping_that_is_not_there_is_named(tmp_path):
    with pytest.raises(IntakeError, match=r"cannot read mapping .*nothing\.toml"):
        load_mapping(tmp_path / "nothing.toml")


def test_the_guide_explains_every_key_and_field():
    guide = (Path(__file__).parents[3] / "docs" / "import.md").read_text("utf-8")
    assert [key for key in Fields.model_fields if f"`{key}`" not in guide] == []
    sections = {"layout": Layout, "dates": Dates, "areas": Areas, "location": Location,
                "departments": Departments}  # fmt: skip
    keys = [f"{name}.{key}" for name, model in sections.items() for key in model.model_fields]
    assert [key for key in keys if f"`{key}" not in guide] == []
