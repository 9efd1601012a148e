"""Where drawn pages are kept: in this process, or in a Redis for all of them; never by pickle."""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from flask import Flask
from flask_caching import Cache
from flask_caching.backends import RedisCache, SimpleCache
from pydantic import SecretStr
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from callbacks.pages import Answer
from dashboard.breaker import Breaker, Pass

log = logging.getLogger(__name__)

MOST_KEPT = 300
"""Pages one process keeps."""

WAIT_S = 0.25
"""A page from Redis comes in a millisecond; one that is waited for longer is drawn anew."""

AGAIN_S = 5.0
"""A Redis that failed is not asked by pages for so long."""

SEAL = 16
"""Bytes before each kept page that tell whether it is one of ours, and of that key."""

BREAKER = "CACHE_BREAKER"

T = TypeVar("T")


class AsBytes:
    """What a cache stores of bytes: the same bytes. Its own way would be to pickle them."""

    def dumps(self, value: bytes) -> bytes:
        """Give what is stored."""
        return value

    def loads(self, value: bytes | None) -> bytes | None:
        """Give what was stored; None stands for nothing."""
        return value


class InProcess(SimpleCache):  # type: ignore[misc]
    """Keeps bytes in this process alone."""

    serializer = AsBytes()


class InRedis(RedisCache):  # type: ignore[misc]
    """Keeps bytes in a Redis; one that is down or slow is an empty one, and said so once."""

    serializer = AsBytes()

    def __init__(self, breaker: Breaker, **named: Any) -> None:  # noqa: ANN401 -- flask-caching's
        super().__init__(**named)
        self.breaker = breaker

    @classmethod
    def factory(
        cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
    ) -> "InRedis":
        """Make one as flask-caching does."""
        made: InRedis = super().factory(app, config, args, {**kwargs, "breaker": config[BREAKER]})
        return made

    def get(self, key: str) -> bytes | None:
        """Return what is kept; None as well when Redis does not say."""
        read: Callable[[str], bytes | None] = super().get
        return self._tried(lambda: read(key), None)

    def set(self, key: str, value: bytes, timeout: int | None = None) -> bool:
        """Keep it; tell whether it was."""
        write: Callable[[str, bytes, int | None], object] = super().set
        return bool(self._tried(lambda: write(key, value, timeout), None))

    def _tried(self, call: Callable[[], T], instead: T) -> T:
        had = self.breaker.ask()
        if had is Pass.REFUSED:
            return instead
        try:
            result = call()
        except RedisError as error:
            if self.breaker.failed(had):
                log.error("Redis does not answer, pages are drawn without it: %s", error)  # noqa: TRY400
            return instead
        if self.breaker.succeeded():
            log.warning("Redis answers again")
        return result


class Kept:
    """Pages under their keys; what is not ours, or of another key, is as if it were not there.

    Whoever can write the Redis but does not know `secret` can put nothing before anybody's eyes.
    """

    def __init__(self, cache: Cache, secret: SecretStr | None) -> None:
        text = "" if secret is None else secret.get_secret_value()
        self._cache = cache
        self._secret = hashlib.sha256(text.encode()).digest()

    @property
    def breaker(self) -> Breaker | None:
        """What leaves Redis alone after a failure; None without one."""
        return self._cache.cache.breaker if isinstance(self._cache.cache, InRedis) else None

    def get(self, key: str) -> Answer | None:
        """Return the page kept under a key."""
        found = self._cache.get(key)
        if not isinstance(found, bytes):
            return None
        seal, content = found[:SEAL], found[SEAL:]
        if not hmac.compare_digest(seal, self._seal(key, content)):
            return None
        head, _, body = content.partition(b"\n")
        status, title, as_of, build = orjson.loads(head)
        return Answer(status, title, body, as_of, build)

    def put(self, key: str, page: Answer, seconds: int) -> None:
        """Keep a page for so long."""
        head = orjson.dumps((page.status, page.title, page.as_of, page.build))
        content = head + b"\n" + page.body
        self._cache.set(key, self._seal(key, content) + content, timeout=seconds)

    def _seal(self, key: str, content: bytes) -> bytes:
        digest = hashlib.blake2b(f"{key}\n".encode(), digest_size=SEAL, key=self._secret)
        digest.update(content)
        return digest.digest()


def keeper(
    server: Flask,
    redis_url: SecretStr | None,
    apart: str,
    clock: Callable[[], float] = time.monotonic,
) -> Cache:
    """Return the cache of a server; `apart` tells its pages from others' in the same Redis."""
    if redis_url is None:
        kind = f"{__name__}.{InProcess.__name__}"
        return Cache(server, config={"CACHE_TYPE": kind, "CACHE_THRESHOLD": MOST_KEPT})
    prefix = hashlib.blake2b(apart.encode(), digest_size=8).hexdigest()
    options = {
        "socket_timeout": WAIT_S,
        "socket_connect_timeout": WAIT_S,
        "retry": Retry(NoBackoff(), 0),
    }
    config = {
        "CACHE_TYPE": f"{__name__}.{InRedis.__name__}",
        "CACHE_REDIS_URL": redis_url.get_secret_value(),
        "CACHE_KEY_PREFIX": f"wuqing:{prefix}:",
        "CACHE_OPTIONS": options,
        BREAKER: Breaker(1, AGAIN_S, clock),
    }
    return Cache(server, config=config)
