"""Which encoding a text file is in: UTF-8, UTF-16 or GB 18030 (the superset of GBK)."""

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO

from dashboard.intake.faults import IntakeError

CHUNK = 1 << 20
SAMPLE = 1 << 16
BROKEN_SHARE = 0.01
"""A file of which at most this share of the non-ASCII text cannot be decoded is still accepted.

Its undecodable bytes become lone surrogates, and the rows that hold one go into quarantine.
"""

_SURROGATE = re.compile("[\ud800-\udfff]")


def detect(opened: Callable[[], BinaryIO], name: str) -> str:
    """Name the encoding of a file by reading all of it.

    Raises:
        IntakeError: the file is not text, or in none of these encodings.
    """
    with opened() as stream:
        head = stream.read(SAMPLE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return _utf16_without_mark(head, name)
    for encoding in ("utf-8-sig", "gb18030"):
        if _broken_share(opened, encoding) <= BROKEN_SHARE:
            return encoding
    raise IntakeError(
        f"{name}: neither UTF-8, UTF-16 nor GB 18030 text; say `encoding` in the mapping"
    )


def _utf16_without_mark(head: bytes, name: str) -> str:
    half = len(head) // 2
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > half // 4 and zeros.count(0) == head.count(0):
            return encoding
    raise IntakeError(f"{name} is not a text file (it holds zero bytes): expected CSV or XLSX")


def _broken_share(opened: Callable[[], BinaryIO], encoding: str) -> float:
    broken = foreign = 0
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    with opened() as stream:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                foreign += len(text) - len(text.encode("ascii", "ignore"))
                broken += _surrogates(text)
        broken += _surrogates(decoder.decode(b"", final=True))
    return broken / foreign if foreign else float(broken)


def _surrogates(text: str) -> int:
    return len(_SURROGATE.findall(text))


def is_broken(text: str) -> bool:
    """Tell whether some bytes of this text could not be decoded, or are zero."""
    return "\0" in text or (not text.isascii() and _surrogates(text) > 0)
