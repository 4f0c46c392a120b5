"""Under which names the server is known: a page of others whose name was led here is not the server's own page."""

from __future__ import annotations

import ipaddress
import logging
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa import messages
from xhht_qa.settings import Settings

logger = logging.getLogger(__name__)


class Hosts:
    """Refuses what is asked of a name that is not the server's own; addresses are nobody's name, and programs may ask without any."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """The names are those of the settings, that of the machine, and "localhost"."""
        self._app = app
        own = (settings.host, urlsplit(settings.public_url).hostname or "", socket.gethostname(), "localhost")
        self._names = {name.lower().rstrip(".") for name in (*own, *settings.hosts.split()) if name}
        self._told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        host = Headers(scope=scope).get("host") if scope["type"] == "http" else None
        if host and not self._is_own(host):
            if not self._told:
                self._told = True
                logger.warning("requests for another name are refused, the first for %.100r; if it is this server's, add it to XHHT_HOSTS", host)
            return await JSONResponse({"detail": messages.OTHER_HOST}, 403)(scope, receive, send)
        await self._app(scope, receive, send)

    def _is_own(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
            return name in self._names or bool(ipaddress.ip_address(name))
        except ValueError:
            return False
