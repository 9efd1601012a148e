"""`wuqing figures`: the catalogue of figures."""

import click
import orjson

from dashboard.commands.options import Session, with_session
from dashboard.figures.catalogue import FIGURES


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_session
def command(_session: Session, *, as_json: bool) -> None:
    """List every figure: its id, its unit, the cases it is counted in and its source.

    The definitions in words are in docs/figures.md.
    """
    rows = [
        {
            "id": figure.id,
            "unit": figure.unit,
            "population": figure.population.id,
            "instant": figure.population.instant,
            "source": figure.source,
        }
        for figure in FIGURES
    ]
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    for row in rows:
        click.echo(f"{row['id']:<14}{row['unit']:<8}{row['population']:<14}{row['source']}")
