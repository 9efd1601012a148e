"""How every answer leaves the server: security headers, caching, compression."""

import gzip

from dash import Dash
from flask import Response, request

ONE_YEAR_S = 31_536_000
SMALLEST = 500
"""Shorter answers are not compressed."""

COMPRESSIBLE = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/geo+json",
    "image/svg+xml",
)
STATIC = ("/assets/", "/_dash-component-suites/")

POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def register(app: Dash) -> None:
    """Finish every answer; call it after all callbacks are registered, for their inline scripts."""
    policy = POLICY.format(hashes=" ".join(app.csp_hashes()))
    compressed: dict[tuple[str, str | None], bytes] = {}

    def deliver(response: Response) -> Response:
        _secure(response, policy)
        _cache(response)
        if _worth_compressing(response):
            _compress(response, compressed)
        return response

    app.server.after_request(deliver)


def _secure(response: Response, policy: str) -> None:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html" and response.status_code != 304:
        headers["Content-Security-Policy"] = policy
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Referrer-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"


def _cache(response: Response) -> None:
    static = request.path.startswith(STATIC)
    if static and "m" in request.args and response.status_code == 200:
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = ONE_YEAR_S
        response.cache_control.immutable = True
    elif not static:
        response.vary.add("Cookie")
        response.headers.setdefault("Cache-Control", "no-store")


def _worth_compressing(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.mimetype in COMPRESSIBLE
        and "Content-Encoding" not in response.headers
        and request.accept_encodings.quality("gzip") > 0
        and (response.content_length or SMALLEST) >= SMALLEST
    )


def _compress(response: Response, compressed: dict[tuple[str, str | None], bytes]) -> None:
    """Compress what is drawn for one viewer quickly, what everybody gets once and well."""
    response.direct_passthrough = False
    if request.path.startswith(STATIC):
        key = (request.path, response.get_etag()[0])
        if key not in compressed:
            compressed[key] = gzip.compress(response.get_data(), 9, mtime=0)
        response.close()  # its file, which need not be read again
        response.set_data(compressed[key])
    else:
        response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
