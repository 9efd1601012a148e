"""Rules no article gives: from the settings, else from the database's own facts, else none."""

from typing import Any

from sqlalchemy import Connection, select

from dashboard.database.tables import site
from dashboard.settings import AwardRule, PointsSettings, Settings


def award_rule(connection: Connection, settings: Settings) -> AwardRule | None:
    """Return the rule of the two awards; None: not configured."""
    if settings.awards is not None:
        return settings.awards
    own = _fact(connection, "awards")
    return None if own is None else AwardRule.model_validate(own)


def points_settings(connection: Connection, settings: Settings) -> PointsSettings:
    """Return the table of points; without rules nobody earns any."""
    if settings.points.rules:
        return settings.points
    own = _fact(connection, "points")
    return settings.points if own is None else PointsSettings.model_validate(own)


def _fact(connection: Connection, key: str) -> Any:  # noqa: ANN401 -- whatever the fact is
    return connection.scalar(select(site.c.value).where(site.c.key == key))
