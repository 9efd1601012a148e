"""What the demo's meetings decide and what becomes of it: invented matters, offices, no persons."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from dashboard.briefing.decision import EntryKind
from dashboard.briefing.issue import Cycle
from dashboard.demo.chance import mix, share
from dashboard.demo.hours import DAY, HOUR, Hours
from dashboard.demo.put import Put

BEGINS = int(8.75 * HOUR)
MOST_A_DAY = 3

REPLIED, MOVED, LATE, DROPPED = 0.85, 0.08, 0.12, 0.04
"""Shares of what is decided; invented."""


class Matter(NamedTuple):
    """What may be decided: of a department, until so many days later."""

    title: str
    ask: str
    owner: str
    beside: tuple[str, ...]
    days: int
    reply: str
    done: str


MATTERS = (
    Matter("拖欠工资案件：报处置方案", "钱从哪里来、哪天付、谁签字", "hrss",
           ("housing",), 2, "已约谈施工方", "首付款已到账，签订分期协议"),
    Matter("消防通道长期占用：清障", "拆除障碍，划线立牌，复查一次", "housing",
           ("fire",), 4, "拆 2 处，余 3 处", "已全部清除并立牌"),
    Matter("林地权属争议：现场勘界", "带原始图件到场，双方签字", "natural",
           ("justice",), 3, "已定到场时间", "界址已定，双方签字"),
    Matter("饮水异味反映：水质复检", "三处采样，结果当日公示", "water",
           ("health",), 2, "已采样", "复检合格，结果已公示"),
    Matter("夜间施工噪声：核查许可", "查许可、今晚巡查、回复反映人", "urban",
           ("housing",), 1, "已到现场", "无许可，已停工"),
    Matter("诉前调解对接：每日推送", "每日 17 时前推送清单", "court",
           (), 5, "接口已联调", "改由接口推送"),
    Matter("网格巡查积分：规则公示", "各乡镇公示栏上墙", "petition",
           (), 7, "已印发", "已公示"),
    Matter("水渠淤塞：提请会商", "相关村到场，定工期", "water",
           ("agriculture",), 4, "已约时间", "已定工期并开工"),
)  # fmt: skip


def decided(day: date, hours: Hours) -> list[Put]:
    """Return what the meeting of a local day decides, and all that is written under it later."""
    if not hours.is_working(day):
        return []
    puts = []
    for place in range(mix(day, "decisions") % (MOST_A_DAY + 1)):
        puts += _one(day, place, hours)
    return puts


def _one(day: date, place: int, hours: Hours) -> list[Put]:
    number = day.toordinal() * MOST_A_DAY + place  # far above what a register counts to
    matter = MATTERS[mix(day, place, "matter") % len(MATTERS)]
    taken = hours.midnight(day) + BEGINS + place * 300
    due = hours.midnight(day) + matter.days * DAY + 18 * HOUR
    values = {
        "taken_on": day,
        "cycle": Cycle.DAILY.value,
        "title": matter.title,
        "ask": matter.ask,
        "lead_dept_id": matter.owner,
        "area_code": "",
        "beside": list(matter.beside),
        "due_at": _instant(due),
        "recorded_at": _instant(taken),
        "recorded_by": "值班记录",
    }
    puts = [Put(_instant(taken), "decision", {"decision_id": number}, values)]
    entries = _course(matter, number, taken, due)
    for order, (at, kind, fields) in enumerate(entries, 1):
        row = {"kind": kind.value, "at": _instant(at), "text": "", "recorded_by": "值班记录"}
        key = {"entry_id": number * 10 + order, "decision_id": number, "number": order}
        puts.append(Put(_instant(at), "decision_entry", key, row | fields))
    return puts


def _course(
    matter: Matter, number: int, taken: int, due: int
) -> list[tuple[int, EntryKind, dict[str, object]]]:
    def drawn(what: str) -> float:
        return share(number, what)

    course: list[tuple[int, EntryKind, dict[str, object]]] = [(taken + 900, EntryKind.SIGNED, {})]
    if drawn("dropped") < DROPPED:
        return [*course, (taken + DAY, EntryKind.DROPPED, {"agreed_by": "中心主任"})]
    if drawn("replied") < REPLIED:
        at = taken + int((due - taken) * (0.2 + 0.5 * drawn("reply")))
        course.append((at, EntryKind.REPLY, {"text": matter.reply}))
    if drawn("moved") < MOVED:
        later = {"due_at": _instant(due + 2 * DAY), "text": "当事人不在当地"}
        return [*course, (due - HOUR, EntryKind.MOVED, later),
                (due + DAY, EntryKind.DONE, {"text": matter.done})]  # fmt: skip
    late = drawn("late") < LATE
    at = due + int(40 * HOUR * drawn("when")) if late else due - int(6 * HOUR * drawn("when"))
    return [*course, (max(at, course[-1][0]), EntryKind.DONE, {"text": matter.done})]


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
