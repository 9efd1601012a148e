"""How a provider is asked: on its own hosts alone, within a time and a size, by few at once.

No redirect is followed, no proxy or password file of the environment is used.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from dashboard.access.sign_on.provider import UnprovenError, UnreachableError
from dashboard.breaker import Breaker, Pass

log = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes of an answer; none that is meant for us has a tenth of it."""

AT_ONCE = 4
"""Sign-ins that ask one provider at once: a slow one must not hold the threads of the wall."""

FAILURES, AGAIN_S = 3, 15.0
"""After so many failures in a row a provider is left alone for so many seconds."""

Found = TypeVar("Found")


class Outgoing:
    """Asks one provider. `hosts` are those of its addresses, as in `host` or `host:8443`."""

    def __init__(
        self,
        hosts: frozenset[str],
        timeout_s: float,
        ca_file: Path | None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._hosts = hosts
        self._timeout_s = timeout_s
        self._verify: bool | str = True if ca_file is None else str(ca_file)
        self._threads = ThreadPoolExecutor(AT_ONCE, "sign-on")
        self.breaker = Breaker(FAILURES, AGAIN_S, clock)

    def ask(self, work: Callable[[], Found]) -> Found:
        """Do all that is to be asked, within the time for all of it.

        The limit of one read is no limit of an answer that drips, so a thread of ours waits for it
        and the request's does not.

        Raises:
            UnreachableError: it took too long, or the provider does not answer as one.
        """
        had = self.breaker.ask()
        if had is Pass.REFUSED:
            raise UnreachableError("left alone after failures")
        waited = self._threads.submit(work)
        try:
            found = waited.result(timeout=self._timeout_s)
        except (UnreachableError, RequestException, HTTPError, OSError) as error:
            waited.cancel()
            # not what libraries say: it holds addresses, with tickets in them
            own = isinstance(error, UnreachableError)
            why = str(error) if own else type(error).__name__
            if self.breaker.failed(had):
                log.error("a provider is left alone for %.0f s: %s", AGAIN_S, why)  # noqa: TRY400
            raise UnreachableError(why) from None
        except UnprovenError:
            self._answered()
            raise
        except BaseException:
            self.breaker.said_nothing(had)
            raise
        self._answered()
        return found

    def _answered(self) -> None:
        if self.breaker.succeeded():
            log.warning("the provider answers again")

    def session(self) -> Session:
        """Make a session that goes nowhere else."""
        return self.guard(Session())

    def guard(self, session: Session) -> Session:
        """Let a session go nowhere else, and return it."""
        session.trust_env = False
        session.verify = self._verify
        session.headers["Accept"] = "application/json"
        session.headers["Accept-Encoding"] = "identity"
        session.adapters.clear()
        guarded = _Guarded(self.check, self._timeout_s)
        session.mount("https://", guarded)
        session.mount("http://", guarded)  # of this machine: the settings let no other pass
        return session

    def check(self, url: str) -> str:
        """Return an address of the provider's.

        Raises:
            UnreachableError: it is another's.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or parts.netloc.lower() not in self._hosts:
            raise UnreachableError(f"not the provider's: {parts.netloc}")
        return url


class _Guarded(HTTPAdapter):
    def __init__(self, check: Callable[[str], str], timeout_s: float) -> None:
        self._check = check
        self._timeout_s = timeout_s
        super().__init__()

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:  # type: ignore[override]  # noqa: ANN401
        self._check(request.url or "")
        response = super().send(request, **kwargs | {"stream": True, "timeout": self._timeout_s})
        try:
            body = response.raw.read(LARGEST + 1)
        finally:
            response.raw.release_conn()
        if len(body) > LARGEST or 300 <= response.status_code < 400 or response.status_code >= 500:
            response.close()
            raise UnreachableError(f"status {response.status_code}, {len(body)} bytes")
        response._content, response._content_consumed = body, True
        return response


def hosts_of(*urls: str, more: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the hosts addresses are on, and those that are named beside them."""
    return frozenset(each.lower() for each in (*(urlsplit(url).netloc for url in urls), *more))
