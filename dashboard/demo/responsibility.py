"""The 456 responsibility items: only their number and three fields are facts, titles are made up."""

from itertools import islice, product

from dashboard.demo.county import County

COUNTS = {"dispute": 228, "hazard": 132, "special_group_service": 96}
"""456 in all (沾益 article, 1.10 row 4); how they split over the fields is the demo's choice."""

_STEPS = ("受理登记", "走访排查", "现场调解", "协议回访", "联合会商", "司法确认衔接")
_STEPS_EN = ("intake", "visits", "mediation on site", "follow-up", "joint review", "court link-up")
_CHECKS = (
    "日常巡查",
    "专项排查",
    "整改督促",
    "复查销号",
    "宣传告知",
    "应急处置",
    "台账更新",
    "联合检查",
)
_CHECKS_EN = ("patrol", "special check", "rectification", "re-check", "notice", "response", "ledger",
              "joint check")  # fmt: skip
_SERVICES = (
    "政策告知",
    "困难帮扶",
    "就业服务",
    "心理疏导",
    "法律咨询",
    "节日走访",
    "医疗协助",
    "技能培训",
)
_SERVICES_EN = ("policy advice", "hardship aid", "job service", "counselling", "legal advice",
                "holiday visits", "medical aid", "training")  # fmt: skip


def responsibility_items(county: County) -> list[dict[str, object]]:
    """Return the rows of `responsibility_item`, numbered 演示-001 to 演示-456 as invented ones."""
    disputes = [matter for matter in county.matters["dispute"]]
    dangers = [danger for group in county.dangers.values() for danger in group]
    townships = county.townships
    fields = {
        "dispute": (
            (f"{matter.zh}{zh}", f"{matter.en}: {en}", matter.dept, [matter.category])
            for (zh, en), matter in product(zip(_STEPS, _STEPS_EN, strict=True), disputes)
        ),
        "hazard": (
            (f"{danger.zh}{zh}", f"{danger.en}: {en}", danger.dept, [])
            for (zh, en), danger in product(zip(_CHECKS, _CHECKS_EN, strict=True), dangers)
        ),
        "special_group_service": (
            (f"{area.name}关注服务{zh}", f"{area.name_en}: {en}", "civil", [])
            for (zh, en), area in product(
                (*zip(_SERVICES, _SERVICES_EN, strict=True), ("信息更新", "record keeping")),
                townships,
            )
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
