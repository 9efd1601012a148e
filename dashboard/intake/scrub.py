"""Taking identity, telephone, plate and bank numbers out of free text (model 3.9)."""

import re

_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"[0-9]{17}[0-9Xx]"  # identity number
    r"|[0-9]{15}"  # identity number of the first generation
    r"|[0-9]{16}|[0-9]{19}"  # bank card
    r"|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?"  # bank card in groups
    r"|(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"  # mobile telephone
    r"|\(?0[1-9][0-9]{1,2}\)?[ -]?[2-9][0-9]{6,7}"  # telephone with its area code
    r")(?![0-9A-Za-z])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
    r"[A-HJ-Z][ ·]?(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?![A-Za-z0-9])"
)
_NAMED = re.compile(r"微信|wechat|qq", re.IGNORECASE)
_HANDLE = re.compile(
    r"((?:微信|WeChat|QQ)号?[::]?\s*)[A-Za-z0-9][A-Za-z0-9_-]{4,19}", re.IGNORECASE
)
MASK = "***"


def scrub(text: str) -> str:
    """Replace every number that could name a person by `***`."""
    if _DIGIT.search(text):
        text = _NUMBERS.sub(MASK, text)
        if not text.isascii():
            text = _PLATE.sub(MASK, text)
    if _NAMED.search(text):
        text = _HANDLE.sub(rf"\1{MASK}", text)
    return text
