"""``/metrics``, for admins and for programs at listed addresses."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response

from xhht_qa import messages
from xhht_qa.access import known
from xhht_qa.access.trust import Networks, peer
from xhht_qa.operate.metrics import MEDIA_TYPE, Metrics
from xhht_qa.settings import Settings

_FORWARDED = {"forwarded", "x-forwarded-for", "x-real-ip", "via"}


def add_metrics(app: FastAPI, metrics: Metrics, settings: Settings) -> None:
    """Adds the path to ``app``. Raises SettingsError."""
    if not settings.metrics:
        return
    listed = Networks(settings.metrics_addresses, "XHHT_METRICS_ADDRESSES")

    @app.get("/metrics", include_in_schema=False)
    def figures(request: Request) -> Response:
        # Behind a proxy everyone would seem to come from its address.
        is_listed = peer(request) in listed and not _FORWARDED & set(request.headers)
        if not is_listed and "admin" not in known(request).roles:
            raise HTTPException(403, messages.METRICS_CLOSED)
        return Response(metrics.text(), media_type=MEDIA_TYPE)
