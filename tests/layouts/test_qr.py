"""The path of a QR code covers exactly its dark modules."""

import re

import pytest
import segno

from layouts.qr import QUIET, qr


@pytest.mark.parametrize("text", ["530303-20260310-D00047-6", "https://wuqing.example/case/1"])
def test_the_path_covers_the_dark_modules_and_no_other(text):
    drawn = qr(text, "label").to_plotly_json()["props"]
    path = drawn["children"].to_plotly_json()["props"]["d"]
    dark = {
        (int(x) + step - QUIET, int(y) - QUIET)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
        for step in range(int(length))
    }
    code = segno.make_qr(text, error="m", boost_error=False)
    assert code.error == "M"
    assert dark == {
        (x, y) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module
    }
    assert drawn["viewBox"] == f"0 0 {len(code.matrix) + 8} {len(code.matrix) + 8}"
