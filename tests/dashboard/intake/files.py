"""Builders of small input files and mappings."""

import zipfile
from pathlib import Path

HEADER = "no,opened,due,closed,title,area,dept,lon,lat"

MAPPING = """
[dates]
timezone = "Asia/Shanghai"
formats = ["%Y-%m-%d %H:%M:%S"]

[fields]
source_no = "no"
source_channel = { value = "hotline_12345" }
case_kind = { value = "appeal" }
level = { value = "general" }
title = "title"
reported_at = "opened"
due_at = "due"
closed_at = "closed"
close_outcome = { value = "resolved" }

[areas]
by = "name"
column = "area"
unknown = "unclassified"

[location]
lon = "lon"
lat = "lat"
box = [103.0, 25.0, 105.0, 26.5]
outside = "drop"

[departments]
column = "dept"
unknown = "create"
"""


def line(no, opened="2026-03-10 09:00:00", **cells):
    """One CSV line; unnamed cells are usual ones."""
    usual = {"due": "2026-03-13 09:00:00", "closed": "", "title": f"事项{no}", "area": "白水镇",
             "dept": "人社局", "lon": "103.9", "lat": "25.7"}  # fmt: skip
    return ",".join([str(no), opened, *({**usual, **cells}[key] for key in usual)])


def a_csv(folder: Path, *lines: str, encoding="utf-8", name="cases.csv") -> Path:
    file = folder / name
    file.write_bytes("\n".join((HEADER, *lines, "")).encode(encoding))
    return file


def a_zip(folder: Path, members: dict[str, bytes], name="cases.zip") -> Path:
    file = folder / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return file


def a_mapping(folder: Path, text=MAPPING, **swaps: str) -> Path:
    """Write a mapping; `swaps` replace a text by another: old="new" pairs joined by name order."""
    file = folder / "mapping.toml"
    for old, new in swaps.items():
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return file
