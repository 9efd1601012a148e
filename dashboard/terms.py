"""Enumerations of the trade, each with its code; labels live in the message catalogues."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands, in canonical order (model 3.5)."""

    REPORTED = "reported"
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    FIRST_MEDIATION = "first_mediation"
    ASSESSED = "assessed"
    DISPATCHED = "dispatched"
    CLAIMED = "claimed"
    IN_PROCESS = "in_process"
    REPORTED_BACK = "reported_back"
    FOLLOW_UP = "follow_up"
    EVALUATED = "evaluated"
    CLOSED = "closed"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


STAGE_ORDER: tuple[Stage, ...] = tuple(Stage)[:12]
"""The canonical order of stages, first to last; the three dead ends are not part of it."""

TERMINAL_STAGES: frozenset[Stage] = frozenset(
    {Stage.CLOSED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.MERGED}
)


class Event(StrEnum):
    """What can happen to a case (model 3.5); `adopt` takes over another system's state."""

    REPORT = "report"
    REGISTER = "register"
    ACCEPT = "accept"
    REJECT_ACCEPTANCE = "reject_acceptance"
    START_FIRST_MEDIATION = "start_first_mediation"
    MEDIATION_ROUND = "mediation_round"
    SETTLE_ON_SPOT = "settle_on_spot"
    ASSESS = "assess"
    OPEN_JOINT_REVIEW = "open_joint_review"
    END_JOINT_REVIEW = "end_joint_review"
    DISPATCH = "dispatch"
    CLAIM = "claim"
    RETURN = "return"
    REASSIGN = "reassign"
    START = "start"
    PROGRESS = "progress"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    ESCALATE_LEVEL = "escalate_level"
    ASSIGN_OFFICIAL = "assign_official"
    REPORT_BACK = "report_back"
    REJECT_RESULT = "reject_result"
    FOLLOW_UP = "follow_up"
    EVALUATE = "evaluate"
    CLOSE = "close"
    DIVERT = "divert"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    REOPEN = "reopen"
    SUPERVISE = "supervise"
    SUPERVISE_REPLY = "supervise_reply"
    SUPERVISE_END = "supervise_end"
    EXCLUDE = "exclude"
    CORRECT = "correct"
    ADOPT = "adopt"


class Role(StrEnum):
    """Who acts (model 3.6), with the two senders of the stage machine that are not staff."""

    WINDOW = "window"
    OPERATOR = "operator"
    ANALYST = "analyst"
    DISPATCHER = "dispatcher"
    MEDIATOR = "mediator"
    RESPONDER = "responder"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    DEPT = "dept"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID_WORKER = "grid_worker"
    CITIZEN_CHANNEL = "citizen_channel"
    IMPORT = "import"
    SYSTEM = "system"


class Situation(StrEnum):
    """The situations a profile picks its five from (model 3.10, list 3)."""

    STABILITY = "stability"
    POLICE = "police"
    SOCIAL = "social"
    PUBLIC_CONCERN = "public_concern"
    OPINION = "opinion"
    PETITION = "petition"
    LITIGATION = "litigation"


class CaseKind(StrEnum):
    """事项类型."""

    DISPUTE = "dispute"
    HAZARD = "hazard"
    COMPONENT = "component"
    APPEAL = "appeal"
    PETITION = "petition"


class Level(StrEnum):
    """难易等级; a profile uses some of them."""

    SIMPLE = "simple"
    GENERAL = "general"
    LARGER = "larger"
    COMPLEX = "complex"
    MAJOR = "major"


class Risk(StrEnum):
    """风险等级."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Colour(StrEnum):
    """The warning colour of an open case, mildest first."""

    NONE = "none"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


class Outcome(StrEnum):
    """办结结果."""

    RESOLVED = "resolved"
    DIVERTED = "diverted"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    NOT_ACCEPTED = "not_accepted"
    UNRESOLVED_CLOSED = "unresolved_closed"


class Channel(StrEnum):
    """来源渠道 (model 3.10, list 1)."""

    WINDOW = "window"
    PETITION = "petition"
    HOTLINE_12345 = "hotline_12345"
    POLICE_110 = "police_110"
    POLICE_NONPOLICE = "police_nonpolice"
    GRID_APP = "grid_app"
    WECHAT = "wechat"
    MESSAGE_BOARD = "message_board"
    LEADER_RECEPTION = "leader_reception"
    PATROL = "patrol"
    DEVICE = "device"
    VIDEO = "video"
    COURT = "court"
    UPPER_TRANSFER = "upper_transfer"
    DEPT_TRANSFER = "dept_transfer"
    OPINION_MONITOR = "opinion_monitor"
    INSPECTION = "inspection"
    CONFERENCE_TV = "conference_tv"
    OTHER = "other"


class AreaLevel(StrEnum):
    """Levels of the area tree, widest first."""

    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


class Satisfaction(StrEnum):
    """满意度, best first; `no_comment` is not a rating."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"
    NO_COMMENT = "no_comment"


class HazardStatus(StrEnum):
    """Where the removal of a hazard stands."""

    OPEN = "open"
    RECTIFYING = "rectifying"
    REMOVED = "removed"
    RECURRED = "recurred"


class IntelligenceStatus(StrEnum):
    """研判 of an intelligence item."""

    NEW = "new"
    ASSESSED = "assessed"
    CONVERTED = "converted"
    MERGED = "merged"
    DISMISSED = "dismissed"
