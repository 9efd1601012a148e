"""A provider of identities of the tests' own: OpenID Connect, OAuth 2 and CAS over real HTTP."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "own", "use": "sig", "alg": "RS256"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "own", "use": "sig", "alg": "RS256"})
CLIENT, SECRET = "wuqing", "a secret between two programs"
CAS_SPACE = "http://www.yale.edu/tp/cas"

Claims = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(claims: Claims, key: RSAKey = KEY, **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": "own", **header}, claims, key, algorithms=["RS256"])


def by_hand(claims: Claims, header: dict[str, Any], secret: bytes | None) -> str:
    """A token no library would sign: without a signature, or with a public key as the secret."""
    said = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    mark = b"" if secret is None else hmac.new(secret, said.encode(), sha256).digest()
    return f"{said}.{b64(mark)}"


class Provider:
    """What it says is set from outside; `asked` are the paths it was asked for."""

    def __init__(self, url: str, at: int) -> None:
        self.url = url
        self.at = at
        self.subject: Any = "0042"
        self.name = "张三"
        self.token: Callable[[Claims], str | None] = signed
        self.more: Claims = {}
        self.description: dict[str, Any] = {}
        self.keys: list[dict[str, Any]] = [KEY.as_dict(private=False)]
        self.user: Any = None
        self.xml: str | None = None
        self.reissue = False
        self.status: dict[str, int] = {}
        self.hang: Event | None = None
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def answer(self, path: str, query: dict[str, str], form: dict[str, str], auth: str) -> Any:
        self.asked.append(path)
        if self.hang is not None:
            self.hang.wait(30)
        if path in self.status:
            return self.status[path], {"Location": f"{self.url}/elsewhere"}, b""
        routes: dict[str, Callable[[], Any]] = {
            "/.well-known/openid-configuration": self._describe,
            "/jwks": lambda: {"keys": self.keys},
            "/authorize": lambda: self._send_back(query, query["redirect_uri"], "code"),
            "/token": lambda: self._exchange(form, auth),
            "/me": lambda: self._me(auth, query),
            "/cas/login": lambda: self._send_back(query, query["service"], "ticket"),
            "/cas/serviceValidate": lambda: self._validate(query),
            "/cas/p3/serviceValidate": lambda: self._validate(query),
        }
        found = routes[path]() if path in routes else (404, {}, b"")
        if isinstance(found, tuple):
            return found
        return 200, {"Content-Type": "application/json"}, json.dumps(found).encode()

    def _describe(self) -> Any:
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks",
        } | self.description  # fmt: skip

    def _send_back(self, query: dict[str, str], where: str, name: str) -> Any:
        code = f"ST-{uuid4().hex}"
        self.codes[code] = query
        fields = {name: code} | ({"state": query["state"]} if "state" in query else {})
        joint = "&" if urlsplit(where).query else "?"
        return 302, {"Location": f"{where}{joint}{urlencode(fields)}"}, b""

    def _take(self, code: str) -> dict[str, str] | None:
        return self.codes.get(code) if self.reissue else self.codes.pop(code, None)

    def _exchange(self, form: dict[str, str], auth: str) -> Any:
        began = self._take(form.get("code", ""))
        told = base64.b64decode(auth.removeprefix("Basic ")).decode()
        if [unquote(part) for part in told.split(":")] != [CLIENT, SECRET]:
            return 401, {"Content-Type": "application/json"}, b'{"error": "invalid_client"}'
        proved = b64(sha256(form.get("code_verifier", "").encode()).digest())
        if (
            began is None
            or began["code_challenge_method"] != "S256"
            or began["code_challenge"] != proved
            or began["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"Content-Type": "application/json"}, b'{"error": "invalid_grant"}'
        claims = {
            "iss": self.url, "sub": self.subject, "aud": CLIENT, "name": self.name,
            "iat": self.at, "exp": self.at + 300, "nonce": began.get("nonce"),
        } | self.more  # fmt: skip
        token = self.token({key: value for key, value in claims.items() if value is not None})
        return {"access_token": "bearer-of-this", "id_token": token, "token_type": "Bearer"}

    def _me(self, auth: str, query: dict[str, str]) -> Any:
        if "bearer-of-this" not in (auth.removeprefix("Bearer "), query.get("access_token")):
            return 401, {}, b""
        return {"data": {"id": self.subject, "name": self.name}} if self.user is None else self.user

    def _validate(self, query: dict[str, str]) -> Any:
        began = self._take(query.get("ticket", ""))
        if self.xml is not None:
            inner = self.xml
        elif began is None or began["service"] != query.get("service"):
            inner = "<c:authenticationFailure code='INVALID_TICKET'>no</c:authenticationFailure>"
        else:
            inner = (
                f"<c:authenticationSuccess><c:user>{self.subject}</c:user><c:attributes>"
                f"<c:cn>{self.name}</c:cn></c:attributes></c:authenticationSuccess>"
            )
        if not inner.startswith("<!"):
            inner = f"<c:serviceResponse xmlns:c='{CAS_SPACE}'>{inner}</c:serviceResponse>"
        return 200, {"Content-Type": "application/xml"}, inner.encode()


@contextmanager
def provider(at: int) -> Iterator[Provider]:
    """Serve one on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            parts = urlsplit(self.path)
            query, auth = dict(parse_qsl(parts.query)), self.headers.get("Authorization", "")
            status, headers, body = made.answer(parts.path, query, form, auth)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass

        do_POST = do_GET  # noqa: N815 -- as the library calls it

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Provider(f"http://127.0.0.1:{server.server_address[1]}", at)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        if made.hang is not None:
            made.hang.set()
        server.shutdown()
        thread.join()
        server.server_close()
