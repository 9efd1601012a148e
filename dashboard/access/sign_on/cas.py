"""CAS 2 and 3: a ticket that works once, looked up at the server it came from."""

from collections.abc import Mapping
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError  # the classes alone: defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dashboard.access.sign_on.outgoing import Outgoing, hosts_of
from dashboard.access.sign_on.provider import (
    Errand,
    Identity,
    UnprovenError,
    UnreachableError,
    code_of,
    identity,
)
from dashboard.sign_in_settings import CasSettings

SPACE = "{http://www.yale.edu/tp/cas}"
VALIDATE = {2: "/serviceValidate", 3: "/p3/serviceValidate"}


class Cas:
    """One CAS server."""

    def __init__(self, settings: CasSettings) -> None:
        self._settings = settings
        self._url = settings.url.rstrip("/")
        hosts = hosts_of(settings.url, more=settings.hosts)
        self._outgoing = Outgoing(hosts, settings.timeout_s, settings.ca_file)
        self.breaker = self._outgoing.breaker

    def begin(self, errand: Errand) -> str:
        """Return where the browser goes; nothing is asked for that."""
        return f"{self._url}/login?{urlencode({'service': _service(errand)})}"

    def finish(self, errand: Errand, answer: Mapping[str, str]) -> Identity:
        """Ask whose ticket it is; the server itself refuses one used before or for others."""
        ticket = code_of(answer, "ticket")
        if not ticket.startswith("ST-"):  # PT-: somebody else's, through a program
            raise UnprovenError("ticket")
        query = urlencode({"service": _service(errand), "ticket": ticket})
        address = f"{self._url}{VALIDATE[self._settings.version]}?{query}"
        return self._outgoing.ask(lambda: self._look_up(address))

    def _look_up(self, address: str) -> Identity:
        with self._outgoing.session() as session:
            session.headers["Accept"] = "application/xml, text/xml"
            answer = session.get(address, allow_redirects=False)
        if answer.status_code != 200:
            raise UnreachableError(f"status {answer.status_code}")
        try:
            root = fromstring(answer.content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise UnreachableError("no XML") from None
        if root.tag != f"{SPACE}serviceResponse":
            raise UnreachableError("no answer of a CAS server")
        return self._read(root)

    def _read(self, root: Element) -> Identity:
        said = list(root)
        if len(said) != 1 or said[0].tag != f"{SPACE}authenticationSuccess":
            raise UnprovenError("ticket")
        users = said[0].findall(f"{SPACE}user")
        if len(users) != 1 or len(users[0]) or said[0].find(f"{SPACE}proxies") is not None:
            raise UnprovenError("ticket")
        wanted = self._settings.name_attribute
        path = f"{SPACE}attributes/{SPACE}{wanted}"
        name = None if wanted is None else said[0].findtext(path)
        return identity((users[0].text or "").strip(), name)


def _service(errand: Errand) -> str:
    """Our address with the state in it: CAS hands back no field of its own."""
    return f"{errand.back}?{urlencode({'state': errand.state})}"
