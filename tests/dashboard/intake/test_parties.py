"""Parties come in masked and keyed, once, and leave no number behind."""

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from dashboard.database import tables
from dashboard.database.engine import reading
from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import load_mapping
from dashboard.intake.party_keys import party_key
from dashboard.intake.run import import_file
from dashboard.intake.surroundings import look_around
from dashboard.profile import load_profile
from dashboard.settings import Settings
from tests.dashboard.intake import files

SECRET = SecretStr("a long random text")
ID, PHONE, OTHER = "11010519491231002X", "13800138000", "13900139000"
MAPPING = (
    files.MAPPING
    + """
[[parties]]
role = "applicant"
name = "who"
id_number = "identity"
phone = "phone"

[[parties]]
role = "respondent"
name = "against"
"""
)
HEADER = "no,opened,due,closed,title,area,dept,lon,lat,who,identity,phone,against"


@pytest.fixture
def bring(county, tmp_path, now):
    """Import lines; a line is a number and what stands in the columns of its parties."""

    def run(*lines, secret=SECRET):
        rows = [f"{files.line(no)},{','.join(cells)}" for no, *cells in lines]
        file = tmp_path / "cases.csv"
        file.write_text("\n".join((HEADER, *rows, "")), "utf-8")
        mapping = load_mapping(files.a_mapping(tmp_path, MAPPING))
        with reading(county) as connection:
            found = look_around(
                connection, mapping, load_profile("zhanyi"), Settings(party_secret=secret)
            )
        return import_file(county, file, found, now=now)

    return run


@pytest.fixture
def parties(county):
    def read():
        of = tables.party.c
        query = select(of.role, of.name_masked, of.party_key)
        with reading(county) as connection:
            return [tuple(row) for row in connection.execute(query.order_by(of.party_id))]

    return read


def key(number):
    return party_key(SECRET, number)


def test_a_party_is_a_masked_name_and_a_key(bring, parties):
    outcome = bring((1, "张三丰", ID, PHONE, "李四"), (2, "张三丰", "", f"+86 {PHONE}", ""))
    assert (outcome.new, outcome.notes) == (2, {})
    assert parties() == [
        ("applicant", "张某某", key(ID)),
        ("respondent", "李某", None),
        ("applicant", "张某某", key(PHONE)),
    ]


def test_importing_twice_is_importing_once(county, bring, parties):
    lines = [(1, "张三丰", ID, "", "李四"), (2, "王五", "", OTHER, "")]
    bring(*lines)
    with reading(county) as connection:
        before = connection.execute(select(tables.party)).all()
    assert bring(*lines).unchanged == 2
    with reading(county) as connection:
        assert connection.execute(select(tables.party)).all() == before


def test_a_party_the_source_corrects_is_replaced(bring, parties):
    bring((1, "张三丰", "", PHONE, ""), (2, "王五", "", OTHER, ""))
    bring((1, "张三丰", "", OTHER, ""), (2, "王五", "", OTHER, ""))
    assert [row[2] for row in parties()] == [key(OTHER), key(OTHER)]
    bring((1, "", "", "", ""), (2, "王五", "", OTHER, ""))
    assert len(parties()) == 1


def test_without_a_secret_there_are_no_keys_and_the_import_says_so(bring, parties):
    outcome = bring((1, "张三丰", ID, PHONE, ""), (2, "王五", "", "", ""), secret=None)
    assert outcome.notes == {"party_without_secret": 1}
    assert parties() == [("applicant", "张某某", None), ("applicant", "王某", None)]
    bring((1, "张三丰", ID, PHONE, ""), (2, "王五", "", "", ""))
    assert parties() == [("applicant", "王某", None), ("applicant", "张某某", key(ID))]
    bring((1, "张三丰", ID, PHONE, ""), (2, "王五", "", "", ""), secret=None)
    assert ("applicant", "张某某", key(ID)) in parties()


def test_a_number_that_is_none_makes_no_key_and_is_counted(bring, parties):
    outcome = bring((1, "张三丰", "110105194912310021", "", ""), (2, "王五", "", "00000000", ""))
    assert outcome.notes == {"party_number_unusable": 2}
    assert [row[2] for row in parties()] == [None, None]


def test_no_number_and_no_name_is_left_anywhere(county, bring):
    bring(
        (1, "张三丰", ID, "0874-3131234", "李四光"),
        ("", "赵云龙", "", "0874-3131234", ""),
        (3, "钱多多", "", "0874-3131234", "一", "格太多"),
    )
    with reading(county) as connection:
        kept = repr(
            [
                tuple(row)
                for table in tables.metadata.sorted_tables
                for row in connection.execute(select(table))
            ]
        )
    assert "张某某" in kept
    for raw in ("三丰", "四光", "云龙", "钱多多", ID, "3131234"):
        assert raw not in kept


def test_a_party_needs_a_column(tmp_path):
    with pytest.raises(IntakeError, match="a party needs a column"):
        load_mapping(files.a_mapping(tmp_path, files.MAPPING + '\n[[parties]]\nrole = "other"\n'))


def test_a_text_does_not_say_the_names_of_its_parties(county, tmp_path, now):
    line = files.line(1).replace("事项1", "张三丰与李四邻里纠纷")
    rows = [f"{line},张三丰,{ID},{PHONE},李四"]
    file = tmp_path / "cases.csv"
    file.write_text("\n".join((HEADER, *rows, "")), "utf-8")
    mapping = load_mapping(files.a_mapping(tmp_path, MAPPING))
    with reading(county) as connection:
        found = look_around(
            connection, mapping, load_profile("zhanyi"), Settings(party_secret=SECRET)
        )
    import_file(county, file, found, now=now)

    with reading(county) as connection:
        assert connection.scalar(select(tables.cases.c.title)) == "张某某与李某邻里纠纷"
