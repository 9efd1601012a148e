"""What the demo writes into key cases: who leads them, who works on them, and the plan."""

from dashboard.demo.chance import mix

OFFICIALS = (
    "区委政法委书记",
    "分管农业农村副区长",
    "分管城建副区长",
    "分管民政副区长",
    "公安分局局长",
    "区委统战部部长",
)
"""Offices, no persons."""

PLANS = (
    "一、核清事实与各方诉求；二、牵头单位三个工作日内约谈双方；三、依法提出处置方案并听取意见；"
    "四、签订协议并跟踪履行；五、回访稳定后销号。",
    "一、成立专班并明确分工；二、联合现场勘查，形成书面意见；三、分段组织协商，先易后难；"
    "四、协商不成的引导进入法定程序；五、落实救助与稳控措施。",
    "一、梳理历史资料和政策依据；二、逐户走访解释；三、分类提出补偿或补办意见；"
    "四、公示结果并接受监督；五、三个月内复查一次。",
)


def key_facts(number: str, dept: str) -> dict[str, object]:
    """Return the facts stated when an official takes a case over."""
    helpers = [name for name in ("justice", "petition", "police") if name != dept]
    return {
        "lead_official": OFFICIALS[mix(number, "official") % len(OFFICIALS)],
        "plan_text": PLANS[mix(number, "plan") % len(PLANS)],
        "task_force": [
            {"role": "lead", "dept_id": dept},
            *({"role": "member", "dept_id": name} for name in helpers[: 1 + mix(number) % 2]),
        ],
    }
