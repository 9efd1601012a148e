"""People behind cases are counted once, however often they come."""

from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue.flow import RECEIVED
from dashboard.figures.people import persons
from dashboard.figures.view import view_at
from tests import worlds


def test_two_matters_of_one_person_are_one_person(county, now):
    with writing(county) as connection:
        for key in ("a", "a", "b", None):
            case_id = worlds.a_case(connection)
            connection.execute(
                worlds.tables.party.insert().values(
                    case_id=case_id, role="applicant", party_key=key
                )
            )
    with reading(county) as connection:
        assert persons(view_at(connection, now), RECEIVED) == 2
