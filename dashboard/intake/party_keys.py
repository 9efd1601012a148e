"""Telling parties again without knowing them: keyed hashes of numbers, masked names (model 3.2).

A raw number or name lives only while its row is read; nothing here stores or prints one.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

from pydantic import SecretStr

KEY_LENGTH = 16
"""Hexadecimal digits of a key: 64 bits, so that two parties of a county never share one."""

COMPOUND = frozenset(
    {
        "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "夏侯", "皇甫",
        "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "端木", "南宫",
    }
)  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_MASKED = 20


def party_key(secret: SecretStr, number: str) -> str:
    """Return the key of a normal number: equal for equal numbers, useless without the secret."""
    digest = hmac.new(secret.get_secret_value().encode(), number.encode(), sha256)
    return digest.hexdigest()[:KEY_LENGTH]


def normal_identity(text: str) -> str | None:
    """Return an identity number as 18 characters; None when it is none.

    One of the first generation (15 digits) becomes that of the second, which the same person has.
    """
    found = "".join(_plain(text).split()).upper()
    if re.fullmatch(r"\d{15}", found):
        found = f"{found[:6]}19{found[6:]}"
        return found + _check(found)
    if re.fullmatch(r"\d{17}[\dX]", found) and found[-1] == _check(found[:17]):
        return found
    return None


def normal_phone(text: str) -> str | None:
    """Return a telephone number as digits without the country's code; None when it is none.

    The same digit over and over is what forms are filled in with: no number.
    """
    found = re.sub(r"[\s\-–—()]", "", _plain(text))
    found = re.sub(r"^(\+|00)86", "", found)
    if found.startswith("86") and _MOBILE.fullmatch(found[2:]):
        found = found[2:]
    if not re.fullmatch(r"\d{7,12}", found) or len(set(found)) == 1:
        return None
    return found


def masked(name: str) -> str | None:
    """Return a name with only its surname left, 张某某; other scripts keep their first letter."""
    found = "".join(_plain(name).split())
    if not found:
        return None
    if not _HAN.match(found):
        return f"{found[0].upper()[0]}***"  # the capital of ß is SS
    surname = found[:2] if found[:2] in COMPOUND else found[0]
    return (surname + ("某" if len(found) - len(surname) == 1 else "某某"))[:_LONGEST_MASKED]


def _plain(text: str) -> str:
    """Write full-width digits and letters as ordinary ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _check(first: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]
