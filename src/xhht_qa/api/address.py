"""Where the server is seen from outside: below a path of a portal's own host."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

# By which Gradio would take another host for ours; proxies pass the host on as it was asked for.
_HOSTS = (b"x-forwarded-host", b"x-gradio-server")


class Address:
    """Puts the path of the settings before every address, whether a proxy left it there or took it away; stands around the whole app."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _HOSTS]}
            if self._root:
                path = scope["path"]
                below = path == self._root or path.startswith(f"{self._root}/")
                scope |= {"root_path": self._root, "path": path if below else self._root + path}
        await self._app(scope, receive, send)
