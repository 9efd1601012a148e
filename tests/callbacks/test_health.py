"""What is told to who watches over the service."""

from flask import Flask

from callbacks import health


class Bare:
    """An application that is nothing but a server."""

    def __init__(self) -> None:
        self.server = Flask(__name__)


def asked(path, *, ready):
    def told() -> bool:
        return ready

    app = Bare()
    health.register(app, told)
    answer = app.server.test_client().get(path)
    return answer.status_code, answer.json, answer.headers["Cache-Control"]


def test_a_process_that_lives_says_so_whatever_else_is_wrong():
    assert asked("/healthz", ready=False) == (200, {"status": "ok"}, "no-store")


def test_a_service_is_ready_or_not_and_says_no_more():
    assert asked("/readyz", ready=True) == (200, {"status": "ok"}, "no-store")
    assert asked("/readyz", ready=False) == (503, {"status": "unavailable"}, "no-store")
