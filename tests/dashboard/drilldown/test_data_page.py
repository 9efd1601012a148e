"""The data page says what the figures rest on, and repeats nothing of a row set aside."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from dashboard.calendar import WorkCalendar
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.drilldown.read_data_page import read_data_page
from dashboard.figures.view import view_at
from dashboard.profile import load_profile
from dashboard.settings import Settings
from layouts.pages import data
from layouts.words import LANGUAGES, Words


@pytest.fixture
def page(county, now):
    """Insert rows, and read the page."""
    settings = Settings()
    centre = Centre(
        settings=settings,
        profile=load_profile("zhanyi"),
        calendar=WorkCalendar.load(settings.zone),
    )

    def read(*rows):
        with writing(county) as connection:
            for table, values in rows:
                connection.execute(insert(tables.metadata.tables[table]).values(**values))
        with reading(county) as connection:
            return read_data_page(view_at(connection, now), centre)

    return read


def test_an_import_adds_up_and_its_reasons_repeat_no_content(page, now):
    run = {
        "run_id": 1, "source_channel": "court", "file_name": "cases.csv", "mapping_name": "m",
        "started_at": now - timedelta(hours=1), "ended_at": now, "rows_read": 9, "rows_new": 3,
        "rows_updated": 2, "rows_unchanged": 1, "rows_quarantined": 3,
    }  # fmt: skip
    aside = [
        {"run_id": 1, "line": line, "field": "area", "content": {"name": "张三"},
         "reason": f"no area is called '{name}'"}
        for line, name in enumerate(("张三家", "李四家", "530303198001011234"))
    ]  # fmt: skip
    (found,) = page(("import_run", run), *(("quarantined_row", row) for row in aside)).runs
    assert found.adds_up
    assert found.reasons == (("area", "no area is called …", 3),)


def test_a_site_that_was_never_checked_says_so_and_the_last_check_is_shown(page, now):
    assert page().check is None
    named = {"kind": "case", "what": "stage", "unit": "", "day": "", "shown": "closed",
             "recomputed": "accepted", "cases": ["530303-20260310-D00001-Y"]}  # fmt: skip
    row = {
        "started_at": now - timedelta(seconds=9), "ended_at": now, "as_of": now, "cases": 5,
        "events": 40, "figures": 900,
        "differences": {"found": 1, "seconds": 8.5, "named": [named]},
    }  # fmt: skip
    check = page(("check_run", row)).check
    assert (check.found, check.seconds, check.cases) == (1, 8.5, 5)
    assert check.named == (("case stage", "530303-20260310-D00001-Y", "closed", "accepted"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_drawn_in_both_languages(page, now, language):
    words = Words(language)
    source = {"channel": "court", "expected_every_s": 3_600,
              "last_received_at": now - timedelta(hours=5)}  # fmt: skip
    found = page(("source", source))

    class Plain:
        """Only the words of a visit are needed here."""

        def __init__(self):
            self.words = words

    drawn = data.layout(found, Plain())
    text = str(drawn.body)
    assert words.text("data.lamp.late") in text
    assert words.text("data.never_checked") in text
    assert words.text("data.no_imports") in text
