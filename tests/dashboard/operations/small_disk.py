"""A disk of a few megabytes that fills up and gets room again, without touching anybody's."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, event

SIZE_MB = 64
PAGE, MB, WHOLE = 4096, 2**20, 2**30


class SmallDisk(Protocol):
    """`fill` leaves so much room, `free` gives all of it back; engines say that they lie on it."""

    def holds(self, engine: Engine) -> None: ...

    def fill(self, leave_mb: int = 0) -> None: ...

    def free(self) -> None: ...


class Mounted:
    """A memory file system of its own."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def holds(self, engine: Engine) -> None:
        with engine.connect() as connection:  # the log must not have room of its own
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def fill(self, leave_mb: int = 0) -> None:
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * PAGE)
        os.truncate(self._filler, self._filler.stat().st_size - leave_mb * MB)

    def free(self) -> None:
        self._filler.unlink()


class Capped:
    """A database file that SQLite itself keeps from growing, where nothing can be mounted."""

    def __init__(self) -> None:
        self._leave: int | None = None

    def holds(self, engine: Engine) -> None:
        event.listen(engine, "checkout", self._cap)

    def _cap(self, raw: Any, *_: object) -> None:
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        most = WHOLE if self._leave is None else pages + self._leave
        raw.execute(f"PRAGMA max_page_count = {most}")

    def fill(self, leave_mb: int = 0) -> None:
        self._leave = leave_mb * MB // PAGE

    def free(self) -> None:
        self._leave = None


@contextmanager
def mounted(folder: Path) -> Iterator[bool]:
    """Mount a small file system at `folder`; yields whether that was allowed."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
