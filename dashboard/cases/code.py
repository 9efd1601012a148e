"""One case, one code: `{county6}-{yyyymmdd}-{kind1}{seq5}-{check1}` (model 3.1)."""

from datetime import date

from dashboard.terms import CaseKind

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASE = len(ALPHABET)
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
LAST_NUMBER = 99_999

LETTERS = {
    CaseKind.DISPUTE: "D",
    CaseKind.HAZARD: "H",
    CaseKind.COMPONENT: "C",
    CaseKind.APPEAL: "A",
    CaseKind.PETITION: "P",
}


class CodeError(ValueError):
    """A code cannot be made or read."""


def prefix(county: str, day: date, kind: CaseKind) -> str:
    """Return the part of a code its number follows; numbers run within it."""
    return f"{county}-{day:%Y%m%d}-{LETTERS[kind]}"


def case_code(before: str, number: int) -> str:
    """Return the code with this number after the prefix `before`.

    Raises:
        CodeError: the number has more than five digits.
    """
    if not 0 < number <= LAST_NUMBER:
        raise CodeError(f"{before} has no number {number}: a day has {LAST_NUMBER} of a kind")
    body = f"{before}{number:05d}"
    return f"{body}-{check_character(body)}"


def tail(code: str) -> str:
    """Return the part shown on the wall, as "D00047"."""
    return code.split("-")[2]


def number_of(code: str) -> int:
    """Return the number within the prefix."""
    return int(tail(code)[1:])


def is_valid(code: str) -> bool:
    """Tell whether the check character fits."""
    body, _, check = code.rpartition("-")
    return all(letter in ALPHABET for letter in body.replace("-", "")) and (
        check == check_character(body)
    )


def check_character(body: str) -> str:
    """Return the check character over the letters and digits of `body`.

    Source: ISO/IEC 7064, hybrid system MOD 37,36.
    """
    product = BASE
    for letter in body.replace("-", ""):
        total = (product + VALUES[letter]) % BASE or BASE
        product = total * 2 % (BASE + 1)
    return ALPHABET[(BASE + 1 - product) % BASE]
