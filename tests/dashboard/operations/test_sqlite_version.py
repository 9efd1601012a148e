import pytest
from pydantic import SecretStr

from dashboard.operations.sqlite_version import races, refuse_race
from dashboard.settings import Settings
from dashboard.site import SiteError


@pytest.mark.parametrize(
    ("version", "has_it"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_versions_with_the_race_are_told_from_those_without(version, has_it):
    assert races(version) is has_it


def test_a_server_of_several_processes_does_not_start_on_one():
    with pytest.raises(SiteError, match=r"SQLite 3\.40\.1 can corrupt .* install pysqlite3"):
        refuse_race(Settings(), (3, 40, 1))
    refuse_race(Settings(), (3, 53, 4))
    refuse_race(Settings(database_url=SecretStr("postgresql://wall@db/cases")), (3, 40, 1))
