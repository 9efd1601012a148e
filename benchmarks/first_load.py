"""What the wall weighs and how soon it is there: `python -m benchmarks.first_load`.

An empty browser cache, then the same page again. Bytes are what went over the wire.
"""

import argparse
import time
from collections import Counter
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from benchmarks.screen import open_wall, screen
from benchmarks.served import Served, served

AIM_BYTES = 900_000


def load(page: Page, server: Served) -> tuple[float, Counter[str], Counter[str]]:
    """Open the wall; returns the seconds and the bytes, by kind and by file."""
    kinds, files = Counter[str](), Counter[str]()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    start = time.perf_counter()
    open_wall(page, server)
    taken = time.perf_counter() - start
    page.wait_for_timeout(2000)
    page.remove_listener("response", note)
    for answer in answers:
        sizes = answer.request.sizes()
        path = urlsplit(answer.url).path
        kind = PurePosixPath(path).suffix if "." in path else "document, figures"
        size = max(0, sizes["responseBodySize"]) + sizes["responseHeadersSize"]
        if answer.from_service_worker or answer.request.timing["responseEnd"] < 0:
            continue
        kinds[kind] += size
        files[path] += size
    return taken, kinds, files


def main() -> None:
    """Print both loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    cases = parser.parse_args().cases
    with served(cases) as server, screen() as page:
        seconds, kinds, files = load(page, server)
        again, kept, _ = load(page, server)
    total = sum(kinds.values())
    print(
        f"first load: {total / 1000:,.0f} kB, {seconds:.1f} s; x{total / AIM_BYTES:.2f} of the aim"
    )
    for kind, size in kinds.most_common():
        print(f"  {size / 1000:8.1f} kB  {kind}")
    for file, size in files.most_common(8):
        print(f"  {size / 1000:8.1f} kB  {file}")
    print(
        f"again: {sum(kept.values()) / 1000:,.0f} kB, {again:.1f} s; "
        f"x{sum(kept.values()) / total:.2f} of the bytes"
    )


if __name__ == "__main__":
    main()
