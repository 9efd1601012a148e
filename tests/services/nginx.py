"""nginx with the site of docs/examples, on free ports, with a certificate of its own."""

import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.postgres import free_port

SITE = Path(__file__).parents[2] / "docs" / "examples" / "server" / "nginx.conf"
NAME = "wuqing.example"
LISTENS = re.compile(r"listen (80|443)\b")


@dataclass(frozen=True)
class Server:
    """One that runs."""

    http: int
    https: int
    folder: Path
    trust: ssl.SSLContext

    def log(self) -> str:
        return (self.folder / "wuqing.log").read_text("utf-8")

    def errors(self) -> str:
        return (self.folder / "wuqing.error.log").read_text("utf-8")


def is_installed() -> bool:
    return shutil.which("nginx") is not None and shutil.which("openssl") is not None


@contextmanager
def serve(folder: Path, upstream: int) -> Iterator[Server]:
    """Serve what listens on `upstream`."""
    http, https = free_port(), free_port()
    certificate, key = folder / "wuqing.crt", folder / "wuqing.key"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
            "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", key, "-out", certificate]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    ports = {"80": f"listen 127.0.0.1:{http}", "443": f"listen 127.0.0.1:{https}"}
    site = LISTENS.sub(lambda found: ports[found[1]], SITE.read_text("utf-8"))
    site = site.replace("127.0.0.1:8050", f"127.0.0.1:{upstream}")
    site = site.replace("/etc/nginx/wuqing", f"{folder}/wuqing")
    site = site.replace("/var/log/nginx/", f"{folder}/")
    (folder / "site.conf").write_text(site, "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/start.log;\ndaemon off;\nmaster_process off;\n"
        f"events {{}}\nhttp {{\n{temporary}include {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    command = ["nginx", "-e", f"{folder}/start.log", "-c", str(whole)]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command)
    try:
        yield Server(http, https, folder, ssl.create_default_context(cafile=str(certificate)))
    finally:
        process.terminate()
        process.wait(20)
