"""How long the files of a briefing take, how large they are, and how many pages the A4 has.

    python benchmarks/briefing_files.py

Each is drawn twice: the first PDF of a process also reads the fonts. Seconds are of the processor.
"""

import io
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pypdf

from layouts.briefing.files import KINDS, file_of
from layouts.briefing.write import Maker, document
from layouts.words import LANGUAGES, Words
from tests.briefings import AS_OF, a_briefing, flood


def main() -> None:
    """Print a line for each day, language and kind."""
    print(f"{'day':8}{'lang':8}{'kind':6}{'first s':>9}{'again s':>9}{'kB':>8}{'pages':>7}")
    for language in LANGUAGES:
        words = Words(language)
        for name, made in (("usual", a_briefing), ("flood", flood)):
            paper = document(made(), Maker(centre="沾益区综治中心", made_at=AS_OF), words)
            for kind in KINDS:
                seconds = []
                for _ in range(2):
                    began = time.process_time()
                    file = file_of(kind, paper, words)
                    seconds.append(time.process_time() - began)
                pages = ""
                if kind == "pdf":
                    pages = str(len(pypdf.PdfReader(io.BytesIO(file.content)).pages))
                size = len(file.content) / 1000
                first, again = seconds
                print(f"{name:8}{language:8}{kind:6}{first:9.2f}{again:9.2f}{size:8.0f}{pages:>7}")


if __name__ == "__main__":
    main()
