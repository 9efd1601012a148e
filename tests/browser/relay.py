"""A relay on loopback in front of a server, which can break every way a network does."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP = frozenset({"connection", "transfer-encoding", "keep-alive", "date", "server"})
CLOCKS = frozenset({"X-Now", "X-As-Of"})


class Way(StrEnum):
    """How it answers; `half`: polls pass, pages fail, as while a new version starts."""

    PASS = "pass"
    REFUSE = "401"
    FORBID = "403"
    REDIRECT = "redirect"
    FAIL = "500"
    CUT = "cut"
    HANG = "hang"
    SLOW = "slow"
    PORTAL = "portal"
    HALF = "half"


SIGN_IN = "/portal/sign-in"


class Relay(ThreadingHTTPServer):
    """Passes requests on to `port`, or does to them what `way` says; faults hit every address."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, *, slow_s: float = 4.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = port
        self.slow_s = slow_s
        self.way = Way.PASS
        self.ahead_ms = 0
        """By how much the server's clock is put forward: what it says of its own time."""
        self.changed = threading.Condition()
        self.asked: dict[Way, int] = dict.fromkeys(Way, 0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def turn(self, way: Way) -> None:
        """Answer so from now on; who hangs is let go without an answer."""
        with self.changed:
            self.way = way
            self.changed.notify_all()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that gave up is part of the game."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Relay

    def do_GET(self) -> None:
        way = self.server.way
        self.server.asked[way] += 1
        if way is Way.CUT:
            self.close_connection = True
        elif way is Way.HANG:
            self._hang()
        elif way is Way.REDIRECT and self.path != SIGN_IN:
            self._say(302, b"", Location=SIGN_IN)
        elif way in (Way.REDIRECT, Way.PORTAL):
            self._say(200, b"<!DOCTYPE html><h1>Sign in</h1>", Content_Type="text/html")
        elif way in (Way.REFUSE, Way.FORBID, Way.FAIL):
            self._say(int(way), b"")
        elif way is Way.HALF and not self.path.startswith("/live/"):
            self._say(503, b"")
        else:
            if way is Way.SLOW:
                self._wait(way, self.server.slow_s)
            self._pass_on()

    def do_POST(self) -> None:
        self.do_GET()

    def _hang(self) -> None:
        self._wait(Way.HANG, None)
        self.close_connection = True

    def _wait(self, way: Way, seconds: float | None) -> None:
        with self.server.changed:
            self.server.changed.wait_for(lambda: self.server.way is not way, seconds)

    def _pass_on(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=30)
        try:
            try:
                upstream.request(self.command, self.path, self.rfile.read(size), dict(self.headers))
                answer = upstream.getresponse()
                body = answer.read()
            except OSError:
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name in CLOCKS:
                    self.send_header(name, str(int(value) + self.server.ahead_ms))
                elif name.lower() not in HOP:
                    self.send_header(name, value)
            if "Content-Length" not in answer.headers and answer.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        finally:
            upstream.close()

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def relay(port: int, *, slow_s: float = 4.0) -> Iterator[Relay]:
    """Relay to a server until the block ends."""
    running = Relay(port, slow_s=slow_s)
    thread = threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.turn(Way.CUT)
        running.shutdown()
        running.server_close()
        thread.join()
