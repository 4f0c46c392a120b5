"""The index on disk: one definition for its writer and its readers.

    index/CURRENT              the name of the build that readers open; replacing this file publishes a build
    index/originals/           the files as they were when they were read, by digest
    index/builds/<name>/       manifest.json, plans.jsonl, facts.jsonl, chunks.jsonl, vectors.npy, chroma/ — written whole before it is published, never changed after

``builds`` publishes and removes, ``records`` are the lines of JSON, ``vectors`` is the seam to a vector store, ``writer`` and ``reader`` put them together.
"""

from xhht_qa.index.builds import keep_original, published_build, remove_index, remove_unused, writing
from xhht_qa.index.manifest import FORMAT_VERSION, Manifest
from xhht_qa.index.nodes import node_of
from xhht_qa.index.reader import Index, open_index, spans
from xhht_qa.index.records import plan_of, plan_record
from xhht_qa.index.writer import write_index

__all__ = [
    "FORMAT_VERSION",
    "Index",
    "Manifest",
    "keep_original",
    "node_of",
    "open_index",
    "plan_of",
    "plan_record",
    "published_build",
    "remove_index",
    "remove_unused",
    "spans",
    "write_index",
    "writing",
]
