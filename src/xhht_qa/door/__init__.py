"""What stands between the network and the product: bounds, the queue, headers and the record of what was asked."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from xhht_qa.door.bounds import Bounds
from xhht_qa.door.chat import ChatAlone
from xhht_qa.door.headers import SecurityHeaders
from xhht_qa.door.origins import Origins
from xhht_qa.door.rates import Rates
from xhht_qa.settings import Settings

_METHODS, _HEADERS = ("GET", "POST"), ("Authorization", "Content-Type")  # that scripts of listed sites may use


def guard(app: FastAPI, settings: Settings, chat_path: str) -> None:
    """Puts the door around everything that ``app`` answers, the mounted chat included; the last one added is met first."""
    origins = tuple(settings.cors_origins.split())
    app.add_middleware(ChatAlone, path=chat_path)
    # Seen on the app itself, it also keeps the mounted chat from answering every origin with credentials.
    app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=_METHODS, allow_headers=_HEADERS, expose_headers=("Retry-After",))
    app.add_middleware(Origins, origins=origins)
    app.add_middleware(Bounds, settings=settings, rates=Rates(settings))
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
