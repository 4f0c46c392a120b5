"""Each question as a trace, sent to an OpenTelemetry collector: where the standard variables (OTEL_EXPORTER_OTLP_ENDPOINT …) say."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from xhht_qa.errors import SettingsError
from xhht_qa.operate.requests import trace_parent
from xhht_qa.service import Asked

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_STEPS = ("understand", "retrieve", "compose", "verify")


class Traces:
    """Observes the service; the spans are made when a question is over, of the times that its answer brings. No text leaves."""

    def __init__(self) -> None:
        """Raises SettingsError without the packages of the extra ``otel``."""
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError:
            raise SettingsError(
                'XHHT_TRACES: the packages for traces are not installed; run python -m pip install --constraint constraints.txt --editable ".[otel]"'
            ) from None
        self._provider: TracerProvider = TracerProvider(resource=Resource.create({"service.name": "xhht-qa"}))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("xhht_qa")

    def __call__(self, asked: Asked) -> None:
        """One more trace, under that of the request if its sender has one."""
        from opentelemetry.trace import set_span_in_context
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        end = time.time_ns()
        begun = end - _ns(asked.took_ms)
        parent = TraceContextTextMapPropagator().extract({"traceparent": trace_parent()})
        cited = sorted({citation.plan for citation in asked.answer.citations}) if asked.answer else []
        facts: dict[str, str | bool | list[str]] = {"xhht.door": asked.door, "xhht.outcome": asked.outcome, "xhht.kept": asked.kept, "xhht.plans": cited}
        whole = self._tracer.start_span("ask", parent, start_time=begun - _ns(asked.waited_ms), attributes=facts)
        inside = set_span_in_context(whole)
        self._tracer.start_span("wait", inside, start_time=begun - _ns(asked.waited_ms)).end(begun)
        timings = asked.answer.timings_ms if asked.answer else {}
        for step in _STEPS:
            if step in timings:
                span = self._tracer.start_span(step, inside, start_time=begun)
                begun += _ns(timings[step])
                span.end(begun)
        whole.end(end)

    def close(self) -> None:
        """Send what is still to be sent."""
        self._provider.shutdown()


def _ns(milliseconds: float) -> int:
    return round(milliseconds * 1_000_000)
