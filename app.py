"""Composition root: settings → engine → pages → server."""

from __future__ import annotations

import atexit
import contextlib
import errno
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from xhht_qa import messages
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import SettingsError, XhhtError
from xhht_qa.operate.logs import set_up_logs
from xhht_qa.operate.parts import serving
from xhht_qa.operate.restore import finish
from xhht_qa.settings import Settings, load_settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def main(arguments: list[str] | None = None) -> int:
    """Serves until stopped; 2 with one sentence on stderr when it cannot start."""
    parser = ArgumentParser(prog="python app.py", description=messages.SERVE)
    parser.add_argument("--host", help=messages.SERVE_HOST)
    parser.add_argument("--port", type=int, help=messages.SERVE_PORT)
    parser.add_argument("--index", type=Path, help=messages.SERVE_INDEX)
    options = parser.parse_args(arguments)
    try:
        settings = load_settings(host=options.host, port=options.port, index_dir=options.index)
        listen(settings).close()  # a port in use is told before the index is loaded
        serve(settings)
    except XhhtError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(messages.STOPPED, file=sys.stderr)
    return 0


def listen(settings: Settings) -> socket.socket:
    """A listening socket at the settings' address. Raises SettingsError when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(messages.port_in_use(place)) from None
        raise SettingsError(messages.cannot_listen(place, error.strerror)) from None


def compose(settings: Settings) -> FastAPI:
    """The whole server over the published index. Raises XhhtError."""
    from ingest.library import PlanFolder
    from xhht_qa.access import known
    from xhht_qa.access.entry import refuse_open_network
    from xhht_qa.api import create_app
    from xhht_qa.api.address import Address
    from xhht_qa.api.conversations import add_conversations
    from xhht_qa.archive import Archive
    from xhht_qa.door.audit import Audit
    from xhht_qa.door.hosts import Hosts
    from xhht_qa.editions import Editions
    from xhht_qa.live import LiveEngine
    from xhht_qa.operate.metrics import Metrics
    from xhht_qa.operate.requests import Requests
    from xhht_qa.operate.scrape import add_metrics
    from xhht_qa.operate.traces import Traces
    from xhht_qa.service import Service
    from xhht_qa.store import Store
    from xhht_qa.ui import mount_chat

    refuse_open_network(settings)
    engine = LiveEngine.open(settings)
    engine.watch()
    archive = Archive(engine, Store.open(settings), Editions(settings.data_dir / "editions"))
    archive.tidy_daily()
    service = Service(settings, archive)
    # Files that wait to be published, and who has the chat open, are in the memory of one process.
    is_whole = settings.role == "all"
    library = PlanFolder(settings, lambda: engine.plans, engine.refresh) if is_whole else None
    if settings.audit == "off":
        app = create_app(engine, settings, archive, service, library)
    else:
        audit = Audit(settings)
        service.observe(audit)
        atexit.register(audit.close)
        app = create_app(engine, settings, archive, service, library, audit.changed)
    add_conversations(app, archive)
    metrics = Metrics(engine, service, archive.store)
    service.observe(metrics)
    if settings.traces:
        traces = Traces()
        service.observe(traces)
        atexit.register(traces.close)
    add_metrics(app, metrics, settings)
    if is_whole:
        mount_chat(app, settings, archive)
    app.add_middleware(Hosts, settings=settings)
    app.add_middleware(Address, root_path=settings.root_path)
    app.add_middleware(Requests, who=lambda request: known(request).id, responded=metrics.responded)
    return app


def serve(settings: Settings) -> None:
    """Blocks until the server is stopped. Raises XhhtError."""
    import uvicorn

    from xhht_qa.access.trust import Proxies
    from xhht_qa.door.connections import bounded_protocol

    set_up_logs(settings)
    finish(settings)
    with serving(settings):
        app = compose(settings)
        protocol = bounded_protocol(settings.max_upload_mb * 1_000_000)
        config = uvicorn.Config(
            Proxies(app, settings.trusted_proxies), proxy_headers=False, log_config=None, access_log=False, http=protocol, ws="none", server_header=False
        )
        # Not before it can answer: who stands before several processes would have questions wait for one that starts.
        with contextlib.closing(listen(settings)) as listener:
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            print(messages.serving(f"http://{host}:{settings.port}/"), flush=True)
            uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    raise SystemExit(main())
