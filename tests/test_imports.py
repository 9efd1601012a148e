"""Imports point one way: the core knows no screen, screens know no database."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("dashboard", "layouts", "callbacks", "geodata")


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def top(name: str) -> str:
    return name.split(".")[0]


@pytest.mark.parametrize(
    "package, banned",
    [
        ("dashboard", {"dash", "plotly", "flask", "layouts", "callbacks", "app"}),
        ("layouts", {"sqlalchemy", "flask", "callbacks", "app"}),
        ("geodata", {"sqlalchemy", "dash", "flask", "layouts", "callbacks", "app"}),
        ("callbacks", {"sqlalchemy", "app"}),
    ],
)
def test_no_module_imports_what_lies_above_it(package, banned):
    found = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(package)
        for name in imports(file)
        if top(name) in banned
    }

    assert found == set()


@pytest.mark.parametrize("package, banned", [("layouts", "sqlalchemy"), ("dashboard", "dash")])
def test_a_package_works_where_the_other_is_not_installed(package, banned):
    """Also through others: every module is imported with the banned one taken away."""
    names = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in modules(package)
        if "migrations" not in file.parts
    ]
    code = f"import sys; sys.modules[{banned!r}] = None\n" + "\n".join(f"import {n}" for n in names)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_nobody_imports_the_application_but_tests():
    everywhere = [file for package in PACKAGES for file in modules(package)]

    assert [file for file in everywhere if "app" in map(top, imports(file))] == []
