"""How the application is served: by waitress in this process, or by gunicorn in several."""

import os
from collections.abc import Mapping, Sequence
from typing import NoReturn

import click
from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from callbacks.gate import LARGEST_HEADERS
from dashboard.operations.switches import switches_on
from dashboard.settings import Settings, SettingsError

LARGEST_REQUEST = 256 * 1024
"""Bytes; the server refuses more before the application sees it."""

CONNECTIONS = 10_000
"""Viewers that may hold a connection at once, if the system lets a process have that many."""


def refuse_debugging(environment: Mapping[str, str]) -> None:
    """Refuse to serve with a switch on that shows or runs more than the gate lets through.

    Raises:
        SettingsError: one is on.
    """
    for name in switches_on(environment):
        raise SettingsError(f"{name} is set; unset it: it opens what must stay closed")


def serve(server: Flask, settings: Settings, links: Sequence[tuple[str, str]] = ()) -> None:
    """Serve with waitress until the process ends; prints the address once it listens.

    `links` are (who, path), printed after it.

    Raises:
        OSError: the port is taken.
    """
    listener = listen(server, settings)
    base = f"http://{listener.effective_host}:{listener.effective_port}"
    click.echo(f"{base}/wall")
    for who, path in links:
        click.echo(f"  {who:14} {base}{path}")
    listener.run()


def listen(server: Flask, settings: Settings) -> BaseWSGIServer:
    """Listen with waitress, and answer nobody yet.

    Raises:
        OSError: the port is taken.
    """
    return create_server(
        server,
        host=settings.server.host,
        port=settings.server.port,
        threads=settings.server.threads,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=LARGEST_REQUEST,
        max_request_header_size=LARGEST_HEADERS,
        ident=None,
    )


def become_several(settings: Settings, environment: Mapping[str, str]) -> NoReturn:
    """Go on as gunicorn, which loads all anew in each worker."""
    from callbacks import workers

    server = settings.server
    click.echo(f"http://{server.host}:{server.port}/wall")
    command = workers.command(f"{server.host}:{server.port}", server.workers, server.threads)
    os.execve(command[0], command, environment)  # noqa: S606 -- this very program
