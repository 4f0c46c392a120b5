"""The index on disk: one definition for its writer and its readers.

    index/CURRENT              the name of the build that readers open; replacing this file publishes a build
    index/originals/           the files as they were when they were read, by digest
    index/builds/<name>/       written whole before it is published, never changed after:
        manifest.json          what it was built with
        plans.jsonl, sections.jsonl, facts.jsonl, chunks.jsonl, each with where its lines begin: ``lines``, ``shelf``
        words.*.npy, sections.*.npy    which chunks hold a term, which sections a syllable: ``postings``, ``vocabulary``
        vectors.npy, chroma/   the chunks' vectors in their order, and the store that finds the nearest: ``vectors`` is the seam to it

Everything is mapped and read where it is asked for; opening an index reads the heads of its plans and no more.
"""

from xhht_qa.index.builds import keep_original, published_build, remove_index, remove_unused, writing
from xhht_qa.index.llama_stores import LlamaIndexStores
from xhht_qa.index.manifest import FORMAT_VERSION, Manifest
from xhht_qa.index.nodes import node_of
from xhht_qa.index.printed import PrintedRuns
from xhht_qa.index.reader import Index, open_index
from xhht_qa.index.records import plan_of, plan_record
from xhht_qa.index.vectors import FOLDERS, VectorStores, stores_of
from xhht_qa.index.vocabulary import Vocabulary
from xhht_qa.index.writer import write_index

__all__ = [
    "FOLDERS",
    "FORMAT_VERSION",
    "Index",
    "LlamaIndexStores",
    "Manifest",
    "PrintedRuns",
    "VectorStores",
    "Vocabulary",
    "keep_original",
    "node_of",
    "open_index",
    "plan_of",
    "plan_record",
    "published_build",
    "remove_index",
    "remove_unused",
    "stores_of",
    "write_index",
    "writing",
]
