"""The application as each worker of the tests loads it: it writes down what it does with the board.

A line for each lease won and each board stored, with the process and the tick; each answer names
its process. A file `trap` with a signal's number makes the next process that computes a board send
itself that signal in the midst of it.
"""

import os
from pathlib import Path
from threading import local
from typing import Any

from flask import Response
from sqlalchemy import event

import app

FOLDER = Path(os.environ["TESTED_IN"])
NOTES, TRAP = FOLDER / "notes", FOLDER / "trap"

server = app.server
engine = server.extensions["engine"]
mine = local()


def note(kind: str, tick: int, done: int) -> None:
    with NOTES.open("a") as notes:
        notes.write(f"{kind} {os.getpid()} {tick} {done}\n")


@event.listens_for(engine, "after_cursor_execute")
def look(_: object, cursor: Any, statement: str, __: object, context: Any, ___: object) -> None:
    if not statement.startswith("UPDATE wall_snapshot"):
        return
    values = context.compiled_parameters[0]
    if "body" in statement:
        mine.computes = False
        note("put", values["tick"], cursor.rowcount)
    elif cursor.rowcount == 1:
        mine.computes = True
        note("lease", values["tick_1"], 1)


@event.listens_for(engine, "before_cursor_execute")
def fall(_: object, __: object, statement: str, *___: object) -> None:
    if getattr(mine, "computes", False) and statement.startswith("SELECT"):
        taken = FOLDER / f"trapped-{os.getpid()}"
        try:
            TRAP.rename(taken)  # of all who find it one gets it
        except FileNotFoundError:
            return
        os.kill(os.getpid(), int(taken.read_text()))


@server.after_request
def named(response: Response) -> Response:
    response.headers["X-Process"] = str(os.getpid())
    return response
