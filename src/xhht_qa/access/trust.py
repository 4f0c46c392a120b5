"""Which machines are believed when they say for whom they send a request."""

from __future__ import annotations

import ipaddress

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa.errors import SettingsError

PEER = "xhht_peer"  # where the address of the connection itself stands in a scope


class Networks:
    """Addresses and networks; an IPv4 address that is written as IPv6 ("::ffff:10.0.0.1") is the same address."""

    def __init__(self, written: str, setting: str = "XHHT_TRUSTED_PROXIES") -> None:
        """``written`` with commas between them, as the value of ``setting``. Raises SettingsError."""
        try:
            self._networks = [ipaddress.ip_network(one.strip()) for one in written.split(",") if one.strip()]
        except ValueError as error:
            raise SettingsError(f"{setting}: {error}; write addresses or networks with commas between, as 127.0.0.1, 10.0.0.0/24") from None

    def __contains__(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        plain = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped else found
        return any(plain in network for network in self._networks if network.version == plain.version)

    def __len__(self) -> int:
        return len(self._networks)

    @property
    def are_everywhere(self) -> bool:
        """Whether every address is one of them."""
        return any(network.prefixlen == 0 for network in self._networks)

    def __str__(self) -> str:
        return ",".join(map(str, self._networks))


def peer(request: Request) -> str:
    """The address of the connection that brought a request, be it a browser's or a proxy's; "" where it has none."""
    return request.scope.get(PEER) or (request.client.host if request.client else "")


class Proxies:
    """Notes the connection's own address, and takes the browser's and its scheme from what trusted proxies forward; of others it is not read."""

    def __init__(self, app: ASGIApp, trusted_proxies: str) -> None:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        self._trusted = Networks(trusted_proxies)
        self._app = app
        self._forwarded = ProxyHeadersMiddleware(app, str(self._trusted))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] in ("http", "websocket"):
            scope[PEER] = scope["client"][0] if scope.get("client") else ""
            if scope[PEER] in self._trusted:
                scope["client"] = (scope[PEER].removeprefix("::ffff:"), scope["client"][1])
                return await self._forwarded(scope, receive, send)  # type: ignore[arg-type]
        await self._app(scope, receive, send)
