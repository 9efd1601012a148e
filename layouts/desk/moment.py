"""How the moment of a page is written, and the frame that says it."""

from datetime import datetime

from dashboard.profile import Profile
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.frame import DeskFrame

ENTRIES = (
    ("wall", "/wall"),
    ("county", "/area/{area}"),
    ("township", "/league/townships"),
    ("dept", "/league/departments"),
    ("cases", "/cases"),
    ("signals", "/signals"),
    ("data", "/data"),
)
"""Entries of the navigation and where they lead."""


def frame_of(profile: Profile, asking: Asking, now: datetime, *, synthetic: bool) -> DeskFrame:
    """Make the frame of a page; one asked as of a past moment says so in a banner."""
    words, question = asking.words, asking.question
    english = words.language == "en"
    other = "zh-CN" if english else "en"
    moment = fmt.moment(question.as_of or now, words)
    past = ""
    if question.as_of is not None:
        past = words.text(f"desk.past_{question.known}", t=moment)
    plain = asking.to("/", question.about(area=None, text="", state=""))
    query = plain.partition("?")[2]
    entries = [
        (key, _with(path.format(area=profile.area_code), query if key != "wall" else _lang(query)))
        for key, path in ENTRIES
    ]
    return DeskFrame(
        centre=profile.name_en if english else profile.name,
        synthetic=synthetic,
        entries=entries,
        moment=words.text("desk.moment", t=moment),
        other=asking.in_language(other),
        past=past,
        now=asking.asking(question.at(None)),
    )


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _lang(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair.startswith("lang="))
