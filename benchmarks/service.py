"""What the service withstands, by one command: `python -m benchmarks.service [--quick]`.

Runs, one after the other, the programs that measure it and prints what each says: faults struck,
how long until they are noticed and over; kills survived; failed requests at a reload under fifty
requests a second; slopes of a soak; what the gate, the scope and the log cost, and how long signing
in takes; how fast the log is followed. Then the tests that attack it: forged requests, hostile
texts and forged tokens, with what they found. `--quick` strikes and kills less often.
"""

import argparse
import subprocess
import sys
import time

MEASURED = (
    ("faults", ("--rounds", "1")),
    ("kills", ("--kills", "40")),
    ("reload", ("--reloads", "1")),
    ("soak", ()),
    ("access", ()),
    ("audit", ("--rows", "20000")),
)
"""Programs of this package, and how they are called when it must be quick."""

LONG = {"soak": ("--long",)}
"""How a program is called otherwise, where its own defaults are for a quick look."""

ATTACKS = (
    ("forged requests of bound readers", "tests/callbacks/test_scope.py"),
    ("the same with PostgreSQL alone in the way", "tests/callbacks/test_second_wall.py"),
    ("strangers, foreign origins, malformed bodies", "tests/callbacks/test_gate.py"),
    ("forged tokens of a single sign-on", "tests/callbacks/test_sign_on.py"),
    ("personal data planted and searched for", "tests/callbacks/test_privacy.py"),
    ("hostile texts in a browser", "tests/browser/test_hostile.py"),
)


def main() -> None:
    """Print every part; ends with 1 if one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="strike and kill less often")
    quick = parser.parse_args().quick
    failed = []
    for name, short in MEASURED:
        more = short if quick else LONG.get(name, ())
        if not run(name, "-m", f"benchmarks.{name}", *more):
            failed.append(name)
    for what, file in ATTACKS:
        if not run(what, "-m", "pytest", "-q", "-p", "no:cacheprovider", file):
            failed.append(what)
    print(f"\nfailed: {', '.join(failed) or 'nothing'}")
    sys.exit(1 if failed else 0)


def run(name: str, *arguments: str) -> bool:
    """Run a program with this Python, its output under a heading; tells whether it succeeded."""
    print(f"\n== {name}: python {' '.join(arguments)}", flush=True)
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], check=False)
    print(f"({time.perf_counter() - start:.0f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
