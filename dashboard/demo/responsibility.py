"""The 456 responsibility items: their number and fields are facts, their titles are made up."""

from itertools import islice, product
from typing import cast

from dashboard.cases.matching import Item, matches
from dashboard.demo.county import County

COUNTS = {"dispute": 228, "hazard": 132, "special_group_service": 96}
"""456 in all (沾益 article, 1.10 row 4); how they split over the fields is the demo's choice."""

_STEPS = {
    "受理登记": "intake",
    "走访排查": "visits",
    "现场调解": "mediation on site",
    "协议回访": "follow-up",
    "联合会商": "joint review",
    "司法确认衔接": "court link-up",
}
_CHECKS = {
    "日常巡查": "patrol",
    "专项排查": "special check",
    "整改督促": "rectification",
    "复查销号": "re-check",
    "宣传告知": "notice",
    "应急处置": "response",
    "台账更新": "ledger",
    "联合检查": "joint check",
}
_SERVICES = {
    "政策告知": "policy advice",
    "困难帮扶": "hardship aid",
    "就业服务": "job service",
    "心理疏导": "counselling",
    "法律咨询": "legal advice",
    "节日走访": "holiday visits",
    "医疗协助": "medical aid",
    "技能培训": "training",
    "信息更新": "record keeping",
}


def items_of(county: County) -> dict[tuple[str, str | None], list[str]]:
    """Return the ids of the items of each department: by category, and all of them by None."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for row in responsibility_items(county):
        dept, categories = str(row["lead_dept_id"]), cast("list[str]", row["category_codes"])
        for category in (None, *categories):
            found.setdefault((dept, category), []).append(str(row["item_id"]))
    return found


def proposed_by_category(county: County) -> dict[str, list[str]]:
    """Return the ids that are proposed for a case of each category; titles name no keyword."""
    rows = responsibility_items(county)
    items = [
        Item(
            item_id=str(row["item_id"]),
            categories=frozenset(cast("list[str]", row["category_codes"])),
        )
        for row in rows
    ]
    return {
        category: [match.item_id for match in matches(items, category=category, title="")]
        for category in sorted(set().union(*(item.categories for item in items)))
    }


def responsibility_items(county: County) -> list[dict[str, object]]:
    """Return the rows of `responsibility_item`, numbered 演示-001 to 演示-456 as invented ones."""
    disputes = county.matters["dispute"]
    dangers = [danger for group in county.dangers.values() for danger in group]
    townships = county.townships
    fields = {
        "dispute": (
            (f"{matter.zh}{zh}", f"{matter.en}: {en}", matter.dept, [matter.category])
            for (zh, en), matter in product(_STEPS.items(), disputes)
        ),
        "hazard": (
            (f"{danger.zh}{zh}", f"{danger.en}: {en}", danger.dept, [])
            for (zh, en), danger in product(_CHECKS.items(), dangers)
        ),
        "special_group_service": (
            (f"{area.name}关注服务{zh}", f"{area.name_en}: {en}", "civil", [])
            for (zh, en), area in product(_SERVICES.items(), townships)
        ),
    }
    rows: list[dict[str, object]] = []
    for field, entries in fields.items():
        for title, title_en, dept, categories in islice(entries, COUNTS[field]):
            number = f"{len(rows) + 1:03d}"
            rows.append(
                {
                    "item_id": f"demo-{number}",
                    "item_no": f"演示-{number}",
                    "field": field,
                    "title": title,
                    "title_en": title_en,
                    "category_codes": categories,
                    "lead_dept_id": dept,
                    "area_role": "township",
                }
            )
    return rows
