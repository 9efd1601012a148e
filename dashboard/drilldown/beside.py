"""What stands beside a page's figures: stock over time, time in hands, orders, weak points."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.figures.cell import Cell
from dashboard.signals.weak_points import Weakness


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A mean time in a department's hands, in seconds, beside that of all departments."""

    figure: str
    own: Cell
    all: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A supervision order or a letter to a department; `replied_at` None: unanswered by then."""

    sheet: str
    colour: str | None
    case_code: str | None
    title: str
    title_en: str | None
    issued_at: datetime
    reply_due: datetime | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`stock` are the open cases at the end of each of the last days, the running one last.

    It is worked out backwards from what is open now and who held cases, and empty where the two do
    not agree. `held`, `returned` and `orders` are a department's; `weak` is None where no units
    are compared.
    """

    stock: tuple[int, ...] = ()
    held: tuple[Held, ...] = ()
    returned: Cell | None = None
    orders: tuple[Order, ...] = ()
    weak: tuple[Weakness, ...] | None = None
