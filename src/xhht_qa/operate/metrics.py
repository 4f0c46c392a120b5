"""Figures for Prometheus: questions by door and outcome, how long each step takes, the queue, the index, the process."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from xhht_qa.live import LiveEngine
from xhht_qa.service import Asked, Service
from xhht_qa.store import Store

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # a question takes 5 ms to some 100 ms, a queue at its limit seconds
_REFUSED = {"too_many": "rate", "too_busy": "queue"}


class Metrics:
    """Observes the service, and counts responses; no question and no name is in any figure."""

    def __init__(self, engine: LiveEngine, service: Service, store: Store) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._questions = Counter("xhht_questions", "Questions that are over", ["door", "outcome"], registry=self.registry)
        self._steps = Histogram("xhht_step_seconds", "Seconds that a step of an answer took", ["step"], buckets=_SECONDS, registry=self.registry)
        self._refusals = Counter("xhht_refusals", "Questions that were refused", ["limit"], registry=self.registry)
        self._responses = Counter("xhht_http_responses", "Responses to HTTP requests", ["method", "status"], registry=self.registry)
        self.registry.register(_Present(engine, service, store))
        ProcessCollector(registry=self.registry)
        for limit in _REFUSED.values():
            self._refusals.labels(limit)  # a figure that is there from the beginning can be watched for its first rise

    def __call__(self, asked: Asked) -> None:
        """One more question."""
        self._questions.labels(asked.door, asked.outcome).inc()
        self._steps.labels("wait").observe(asked.waited_ms / 1000)
        if limit := _REFUSED.get(asked.outcome):
            self._refusals.labels(limit).inc()
        for step, milliseconds in (asked.answer.timings_ms if asked.answer else {}).items():
            self._steps.labels(step).observe(milliseconds / 1000)

    def responded(self, method: str, status: int) -> None:
        """One more response; methods that HTTP does not have are counted together."""
        known = method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"
        self._responses.labels(known, str(status)).inc()

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)


class _Present(Collector):
    """What is so at the moment of asking."""

    def __init__(self, engine: LiveEngine, service: Service, store: Store) -> None:
        self._engine = engine
        self._service = service
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """See ``Collector``."""
        running, waiting = self._service.queue.load
        index = self._engine.index
        yield GaugeMetricFamily("xhht_questions_running", "Questions that are being answered", value=running)
        yield GaugeMetricFamily("xhht_questions_waiting", "Questions that wait for a slot", value=waiting)
        yield GaugeMetricFamily("xhht_index_plans", "Plans in the index", value=len(index.plans))
        yield GaugeMetricFamily("xhht_index_passages", "Passages in the index", value=len(index.chunks))
        build = GaugeMetricFamily("xhht_index_build", "1 for the build that answers", labels=["build", "encoder"])
        build.add_metric([index.build, index.manifest.encoder], 1)
        yield build
        yield CounterMetricFamily("xhht_index_publishes", "Builds that were taken over since the start", value=self._engine.publishes)
        yield CounterMetricFamily("xhht_vectors_errors", "Failures of the vector store; questions were answered without it", value=self._engine.stores.failures)
        yield CounterMetricFamily("xhht_store_errors", "Failures of the database of conversations", value=self._store.failures)
