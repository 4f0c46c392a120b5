"""Text → unit vectors. One protocol, three encoders: the bundled one, any sentence-transformers model, and either of them prepared for speed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from xhht_qa.embed.bundled import BundledEncoder
from xhht_qa.embed.local_model import SentenceTransformerEncoder
from xhht_qa.embed.prepared import Card, PreparedEncoder
from xhht_qa.embed.protocol import Encoder, Vectors
from xhht_qa.settings import Settings

__all__ = ["BundledEncoder", "Encoder", "PreparedEncoder", "SentenceTransformerEncoder", "Vectors", "as_it_came", "load_encoder"]


def as_it_came(settings: Settings) -> BundledEncoder | SentenceTransformerEncoder:
    """The encoder that the settings name, without anything prepared. Nothing is loaded before its first use."""
    return SentenceTransformerEncoder(settings.embed_model) if settings.embed_model else BundledEncoder()


def load_encoder(settings: Settings) -> Encoder:
    """The same, in its prepared form where there is one. Raises EncoderError."""
    source = as_it_came(settings)
    card = Card.read(settings.encoder_dir)
    return _prepared(settings.encoder_dir.absolute(), card) if card and card.source == source.name else source


@lru_cache(maxsize=1)
def _prepared(folder: Path, card: Card) -> PreparedEncoder:
    """One for all of a process that ask for the same: its weights and words take 400 MB."""
    return PreparedEncoder(folder, card)
