"""A sentence-transformers model → one ONNX file in 8 bits, if it still means the same."""

from __future__ import annotations

import logging
import shutil
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from xhht_qa.embed import Encoder, PreparedEncoder
from xhht_qa.embed.local_model import SentenceTransformerEncoder
from xhht_qa.embed.prepared import INPUTS, MODEL, RECIPE, TOKENIZER, WEIGHTS, Card
from xhht_qa.errors import EncoderError

# The least cosine between a text's vector and the one that its source gives. Measured: 8 bits .994 and more, with no question answered otherwise.
_LEAST = 0.985
_OPSET = 17
# Questions and clauses of several lengths: a processor on which 8-bit sums overflow shows in any of them.
_CHECKED = (
    "Hạn nộp báo cáo năm là ngày nào?",
    "xa gui bao cao cho ai",
    "Ai ký kế hoạch?",
    "Số: 41/KH-UBND ngày 05 tháng 3 năm 2025",
    "Ủy ban nhân dân các xã gửi báo cáo về Phòng Văn hóa trước ngày 25 tháng 11 hằng năm.",
    "III. TỔ CHỨC THỰC HIỆN > 2. Phòng Kinh tế\nChủ trì, phối hợp với các thôn rà soát hộ nuôi ong, hướng dẫn quy trình phòng bệnh và báo cáo kết quả.",
    "STT | Chỉ tiêu | Đơn vị | 2025 | 2026\n1 | Hộ được cấp nước sạch | % | 82 | 90",
    " ".join(["Các đơn vị bố trí kinh phí từ nguồn chi thường xuyên, lập dự toán và quyết toán theo quy định hiện hành;"] * 12),
)


def export(model: Path, source: Encoder, folder: Path, step: Callable[[str], None]) -> Card:
    """Fills an empty folder with the model as ``PreparedEncoder`` runs it; ``source`` gives the vectors that it must keep to. Raises EncoderError."""
    local = SentenceTransformerEncoder(str(model))
    step("exporting the model")
    whole = folder / "whole.onnx"
    most_tokens = _write(local.model, whole, folder / TOKENIZER)
    best = 0.0
    for precision, written in _written(whole, folder / MODEL):
        step(f"checking it in {precision}")
        _set_apart(written)
        card = Card(source.name, RECIPE, precision, *local.prefixes, most_tokens, cosine=0)
        best = _agreement(PreparedEncoder(folder, card), source)
        if best >= _LEAST:
            whole.unlink(missing_ok=True)
            return replace(card, cosine=round(best, 4))
        written.unlink()
    raise EncoderError(f"{source.name}: the exported model gives other vectors (cosine {best:.3f}); it is used as it came")


def _write(model: Any, whole: Path, tokenizer: Path) -> int:
    """The model with its pooling as ONNX, its tokenizer beside it; gives how many tokens it reads at most."""
    import torch

    class Whole(torch.nn.Module):  # type: ignore[misc]  # mypy is told nothing of torch
        """From tokens to a vector, as sentence-transformers runs its modules one after the other."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            found = self.model({INPUTS[0]: ids, INPUTS[1]: mask, "token_type_ids": torch.zeros_like(ids)})["sentence_embedding"]
            return torch.nn.functional.normalize(found, dim=1)

    try:
        backend = model.tokenizer.backend_tokenizer
        model.eval()
        for module in model.modules():
            if hasattr(module, "config") and hasattr(module.config, "_attn_implementation"):
                module.config._attn_implementation = "eager"  # the fused attention has no form in ONNX
        example = torch.ones(1, 16, dtype=torch.long)
        axes = {name: {0: "texts", 1: "tokens"} for name in INPUTS}
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Whole(),
                (example, example),
                str(whole),
                input_names=list(INPUTS),
                output_names=["vector"],
                dynamic_axes=axes,
                opset_version=_OPSET,
                dynamo=False,
            )
        backend.save(str(tokenizer))
    except Exception as error:  # whatever a model of other hands cannot do
        raise EncoderError(
            f"the model cannot be exported ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}); it is used as it came"
        ) from None
    return int(model.max_seq_length or 512)


def _written(whole: Path, to: Path) -> Iterator[tuple[str, Path]]:
    """The model in one precision after the other, the fastest first; what narrows the lower layers stays in 32 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # the library advises on its root logger
    narrowing = _narrowing(whole)
    for precision, reduced in (("int8", False), ("int7", True)):  # 7 bits where the processor's 8-bit sums overflow
        quantize_dynamic(whole, to, weight_type=QuantType.QInt8, per_channel=True, reduce_range=reduced, nodes_to_exclude=narrowing)
        yield precision, to
    shutil.move(whole, to)
    yield "fp32", to


def _narrowing(whole: Path) -> list[str]:
    """The products by which the lower half of the layers comes back from its wide middle: a weight of more rows than columns.

    There a few values are many times the others, and one 8-bit range for all of them costs three quarters of what 8 bits cost at all;
    of the upper half it costs next to nothing.
    """
    import onnx

    graph = onnx.load(str(whole)).graph
    shapes = {weight.name: tuple(weight.dims) for weight in graph.initializer}
    narrowing = [node.name for node in graph.node if node.op_type == "MatMul" and (shape := shapes.get(node.input[1], ())) and shape[0] > shape[-1]]
    return narrowing[: len(narrowing) // 2]


def _set_apart(model: Path) -> None:
    """The same model optimised, its weights in a file beside it that is mapped and not loaded: processes share it, and none spends half a second on it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # it warns that the file suits this machine best, which is what it is for
    options.optimized_model_filepath = str(model.with_suffix(".optimised"))
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    model.with_suffix(".optimised").replace(model)


def _agreement(prepared: PreparedEncoder, source: Encoder) -> float:
    """The least cosine over the texts, as questions and as passages."""
    pairs = ((prepared.encode_queries, source.encode_queries), (prepared.encode_passages, source.encode_passages))
    return min(float(np.sum(one(_CHECKED) * other(_CHECKED), axis=1).min()) for one, other in pairs)
