"""Text that a spreadsheet must not take for a formula."""

BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a formula may begin with, also as full-width characters of a Chinese keyboard."""

SIGN = "'"


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet might run `text`, also behind blanks, tabs or line ends."""
    return text[:1] in ("\t", "\r", "\n") or text.lstrip().startswith(BEGINNINGS)


def harmless(text: str) -> str:
    """Put an apostrophe before what might be run; `original` takes it off again."""
    return SIGN + text if is_risky(text) or text.startswith(SIGN) else text


def original(text: str) -> str:
    """Return what `harmless` was given."""
    return text.removeprefix(SIGN)
