"""``/metrics``, for those who may read it."""

from __future__ import annotations

import ipaddress

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response

from xhht_qa import messages
from xhht_qa.access.managers import may_manage
from xhht_qa.operate.metrics import MEDIA_TYPE, Metrics
from xhht_qa.settings import Settings

_FORWARDED = {"forwarded", "x-forwarded-for", "x-real-ip", "via"}


def add_metrics(app: FastAPI, metrics: Metrics, settings: Settings) -> None:
    """Adds the path to ``app``."""
    if settings.metrics == "off":
        return

    @app.get("/metrics", include_in_schema=False)
    def figures(request: Request) -> Response:
        if settings.metrics == "manager":
            may_manage(request, settings)
        elif not _comes_from_here(request):
            raise HTTPException(403, messages.METRICS_CLOSED)
        return Response(metrics.text(), media_type=MEDIA_TYPE)


def _comes_from_here(request: Request) -> bool:
    """Whether a program on this machine asks, and asks for itself: behind a proxy everyone would seem to be here."""
    try:
        here = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return here and not _FORWARDED & set(request.headers)
