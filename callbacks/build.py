"""Which build a page was made by: a page of another build reloads itself once."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from dashboard.profile import Profile
from dashboard.settings import Settings

PACKAGES = ("layouts", "callbacks", "dashboard", "geodata")
READ_WHOLE = (".py", ".js", ".css", ".po", ".toml")


def build_id(settings: Settings, profile: Profile) -> str:
    """Return 12 hex digits over the code, the assets, the settings and the profile.

    Equal on every machine that runs the same: file times do not count.
    """
    digest = hashlib.blake2b(_program(), digest_size=6)
    digest.update(settings.model_dump_json().encode())
    digest.update(profile.model_dump_json().encode())
    return digest.hexdigest()


@cache
def _program() -> bytes:
    digest = hashlib.blake2b(digest_size=32)
    for package in PACKAGES:
        _add(digest, package, resources.files(package))
    return digest.digest()


def _add(digest: "hashlib.blake2b", name: str, entry: Traversable) -> None:
    if entry.is_dir():
        for child in sorted(entry.iterdir(), key=lambda each: each.name):
            if child.name != "__pycache__":
                _add(digest, f"{name}/{child.name}", child)
    else:
        content = entry.read_bytes() if name.endswith(READ_WHOLE) else b""
        digest.update(name.encode() + b"\0" + content)
