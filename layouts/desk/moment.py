"""How the moment of a page is written, and the frame that says it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from dashboard.drilldown.question import Question
from dashboard.profile import Profile
from dashboard.snapshots.board import Unsealed
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.frame import DeskFrame
from layouts.unsealed import late_line
from layouts.words import Words

ENTRIES = (
    ("wall", "/wall"),
    ("county", "{home}"),
    ("township", "/league/townships"),
    ("dept", "/league/departments"),
    ("cases", "/cases"),
    ("brief", "{meeting}"),
    ("signals", "/signals"),
    ("data", "/data"),
)
"""Entries of the navigation and where they lead."""


def frame_of(  # noqa: PLR0913 -- all a frame says
    profile: Profile,
    asking: Asking,
    now: datetime,
    *,
    synthetic: bool,
    home: str | None = None,
    meeting: str = "/briefing",
    bounds: Sequence[str] = (),
    closed: Collection[str] = (),
    late: Sequence[Unsealed] = (),
) -> DeskFrame:
    """Make the frame of a page; one asked as of a past moment says so in a banner.

    `home` is where the reader begins, `meeting` where the meeting does for them, `bounds` name what
    bounds what they see, `closed` are the entries of the navigation that are not theirs. `late` are
    the briefings that were not sealed at their time, the one told first before the others.
    """
    words, question = asking.words, asking.question
    english = words.language == "en"
    other = "zh-CN" if english else "en"
    moment = fmt.moment(question.as_of or now, words)
    past = ""
    if question.as_of is not None:
        past = words.text("desk.past.banner", t=moment, known=known_text(question, words))
    start = home or f"/area/{profile.area_code}"
    plain = question.about(area=None, text="", state="")
    query = _query(asking, plain)
    # a table of townships does not add up over some departments alone
    own = {"wall": _lang(query), "township": _query(asking, plain.about(departments=frozenset()))}
    entries = [
        (key, _with(path.format(home=start, meeting=meeting), own.get(key, query)))
        for key, path in ENTRIES
        if key not in closed
    ]
    return DeskFrame(
        centre=profile.name_en if english else profile.name,
        synthetic=synthetic,
        entries=entries,
        moment=words.text("desk.moment", t=moment),
        other=asking.in_language(other),
        bounds=words.text("desk.scope", places=words.text("scope.and").join(bounds))
        if bounds
        else "",
        late=late_line(late, _issue(late, asking), words),
        past=past,
        now=asking.asking(question.at(None)),
    )


def known_text(question: Question, words: Words) -> str:
    """Say by when what a question counts was recorded."""
    if isinstance(question.known, datetime):
        return words.text("explain.known_at", t=fmt.moment(question.known, words))
    return words.text(f"explain.known_{question.known}")


def _issue(late: Sequence[Unsealed], asking: Asking) -> str:
    if not late:
        return ""
    plain = asking.question.at(None)
    return asking.to(f"/briefing/{late[0].day.isoformat()}", plain, cycle=late[0].cycle)


def _query(asking: Asking, question: Question) -> str:
    return asking.to("/", question).partition("?")[2]


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _lang(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair.startswith("lang="))
