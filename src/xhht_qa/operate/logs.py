"""The log on stderr: lines for people or JSON for machines, each with the id of its request, none with a secret or a question."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from pythonjsonlogger.json import JsonFormatter

from xhht_qa.operate.requests import request_id
from xhht_qa.settings import Settings

_OURS = ("xhht_qa", "ingest", "uvicorn")
_HIDDEN = "•••"
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029)}


def set_up_logs(settings: Settings) -> None:
    """All logs of the process from now on; what other packages say below a warning is left out."""
    handler = logging.StreamHandler()
    handler.addFilter(_with_request)
    handler.setFormatter(_Discreet(_formatter(settings), secrets_of(settings)))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _OURS:
        logging.getLogger(name).setLevel(settings.log_level.upper())


def secrets_of(settings: Settings) -> frozenset[str]:
    """The values of settings that no log may show: those that their own representation leaves out, and passwords in addresses."""
    hidden = {str(getattr(settings, name)) for name, field in type(settings).model_fields.items() if not field.repr}
    passwords = {urlsplit(value).password or "" for value in (*hidden, settings.database_url) if "://" in value}
    values = {value for value in hidden if "://" not in value} | passwords | {unquote(password) for password in passwords}
    return frozenset(values - {"", "None"})


def _formatter(settings: Settings) -> logging.Formatter:
    if settings.log_format == "json":
        fields = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
        return JsonFormatter(
            fields, rename_fields={"asctime": "time", "levelname": "level", "name": "logger"}, json_ensure_ascii=False, datefmt="%Y-%m-%dT%H:%M:%S%z"
        )
    return logging.Formatter("%(asctime)s %(levelname)-7s %(name)s [%(request_id)s] %(message)s")


def _with_request(record: logging.LogRecord) -> bool:
    record.request_id = request_id() or "-"
    return True


class _Discreet(logging.Formatter):
    """Another formatter's lines, with every secret blotted out, in a traceback too."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        record.msg, record.args = record.getMessage().translate(_CONTROLS), ()  # what a stranger sends begins no line of its own
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line
