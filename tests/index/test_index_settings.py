"""Settings: from the environment and .env, frozen, and a bad one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from xhht_qa.errors import SettingsError
from xhht_qa.settings import load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("INDEX_DIR", "EMBED_MODEL", "PORT", "HOST"):
        monkeypatch.delenv(f"XHHT_{name}", raising=False)


def test_where_a_value_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().port == 7860
    (tmp_path / ".env").write_text("XHHT_PORT=8001\nXHHT_HOST=10.0.0.5\nOTHER=1\n")
    assert (load_settings().port, load_settings().host) == (8001, "10.0.0.5")
    monkeypatch.setenv("XHHT_PORT", "8002")
    assert load_settings().port == 8002, "the environment before .env"
    assert load_settings(port=8003).port == 8003, "the command line before both"
    assert load_settings(port=None, index_dir=None).port == 8002, "what the command line does not say"


BAD = [("PORT", "0"), ("PORT", "http"), ("MAX_QUESTION_CHARS", "3"), ("MAX_HISTORY_TURNS", "-1"), ("RETENTION_DAYS", "-1"), ("ADMIN_TOKEN", "short")]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"XHHT_{name}", value)
    with pytest.raises(SettingsError, match=f"^XHHT_{name}: .*; "):
        load_settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().port = 1
