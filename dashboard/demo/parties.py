"""Who brings a matter: made-up keys and masked names, nothing that stands for a person."""

from datetime import UTC, datetime
from hashlib import sha256

from dashboard.demo.arrivals import Arrival
from dashboard.demo.chance import mix, share
from dashboard.demo.put import Put
from dashboard.terms import CaseKind, Channel

NOBODY = frozenset(
    {
        Channel.DEVICE,
        Channel.VIDEO,
        Channel.PATROL,
        Channel.INSPECTION,
        Channel.OPINION_MONITOR,
    }
)
"""What comes in without anybody who asks for something."""

UNKNOWN = 0.12
"""Share of parties who leave no number, so that no key tells them again."""

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def parties(arrival: Arrival) -> list[Put]:
    """Return the rows of a matter's parties; one who comes back has the key of the first time."""
    if arrival.channel in NOBODY:
        return []
    if arrival.channel is Channel.GRID_APP and arrival.kind is not CaseKind.DISPUTE:
        return []
    who = arrival.again or arrival.key
    roles = ("applicant", "respondent") if arrival.kind is CaseKind.DISPUTE else ("applicant",)
    return [_party(arrival, role, f"{role}/{who[0]}/{who[1]}") for role in roles]


def party_key(identity: str) -> str | None:
    """Return the key of a made-up party, None for one who left no number."""
    if share(identity, "key") < UNKNOWN:
        return None
    return sha256(identity.encode()).hexdigest()[:16]


def _party(arrival: Arrival, role: str, identity: str) -> Put:
    surname = SURNAMES[mix(identity, "name") % len(SURNAMES)]
    return Put(
        datetime.fromtimestamp(arrival.at, UTC),
        "party",
        {"case_id": arrival.key, "role": role},
        {
            "name_masked": f"{surname}某某",
            "party_key": party_key(identity),
            "gender": str(1 + mix(identity, "gender") % 2),
            "age_band": ("18–59", "18–59", "60+")[mix(identity, "age") % 3],
            "is_group_rep": arrival.kind is CaseKind.PETITION and share(identity, "group") < 0.04,
        },
    )
