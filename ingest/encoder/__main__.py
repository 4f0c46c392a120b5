"""``python -m ingest.encoder``: prepare the encoder that the settings name for this machine, once."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tqdm import tqdm

from ingest.encoder.export import export
from ingest.encoder.unpack import unpack
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import as_it_came
from xhht_qa.embed.prepared import Card
from xhht_qa.errors import EncoderError, XhhtError
from xhht_qa.settings import Settings, load_settings

_STEPS = 4


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 it is prepared, 1 it cannot be and is used as it came, 2 the settings are wrong, 130 interrupted."""
    parser = ArgumentParser(prog="python -m ingest.encoder", description="Prepare the encoder for this machine: several times as fast, the same vectors.")
    parser.add_argument("--force", action="store_true", help="prepare it again")
    parser.add_argument("--to", type=Path, metavar="DIR", help="the folder (default: XHHT_ENCODER_DIR, or a folder of this Python environment)")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    try:
        settings = load_settings(encoder_dir=options.to)
    except XhhtError as error:
        print(f"encoder: {error}", file=sys.stderr)
        return 2
    there = Card.read(settings.encoder_dir)
    if there and there.source == as_it_came(settings).name and not options.force:
        return 0
    try:
        card = prepare(settings)
    except (EncoderError, OSError, ImportError, MemoryError) as error:
        print(f"encoder: {error}; the slower one is used", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("encoder: interrupted; run it again", file=sys.stderr)
        return 130
    print(f"{card.name}: prepared in {time.perf_counter() - started:.0f} s, least cosine {card.cosine:.3f}, in {settings.encoder_dir}")
    return 0


def prepare(settings: Settings) -> Card:
    """The card of the encoder that is now in the settings' folder, swapped in whole. Raises EncoderError and OSError."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"  # a model without a pooler is warned of
    place = settings.encoder_dir
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=place.parent))
    try:
        with tqdm(total=_STEPS, desc="preparing the encoder", disable=None, leave=False) as bar:

            def step(what: str) -> None:
                bar.set_postfix_str(what)
                bar.update()

            source = as_it_came(settings)
            model = Path(settings.embed_model) if settings.embed_model else aside / "unpacked"
            if not settings.embed_model:
                step("unpacking the weights")
                unpack(model)
            fresh = aside / "fresh"
            fresh.mkdir()
            card = export(model, source, fresh, step)
            card.write(fresh)
        if place.exists():
            place.rename(aside / "before")  # a server that runs has read it already
        fresh.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return card


if __name__ == "__main__":
    sys.exit(main())
