"""The LlamaIndex seams: a node parser, a retriever and a query engine that plug into its own pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from llama_index.core import Document
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import NodeRelationship

from ingest.node_parser import PlanNodeParser
from xhht_qa.engine import Engine
from xhht_qa.llama import PlanQueryEngine, PlanRetriever
from xhht_qa.settings import load_settings

PLAN = "KẾ HOẠCH\nDọn vệ sinh kênh mương\n\nI. MỤC ĐÍCH\n\nKhơi thông dòng chảy.\n\nII. THỰC HIỆN\n\n1. Tổ dân phố\n\n- Thu gom rác trước ngày 05/6/2025.\n\n- Trồng lại cỏ bờ kênh.\n"


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(load_settings(index_dir=sample_index))


def test_node_parser_cuts_at_sections_in_a_llama_index_pipeline() -> None:
    nodes = IngestionPipeline(transformations=[PlanNodeParser()]).run(documents=[Document(text=PLAN, metadata={"file_name": "Kênh mương.txt"})])
    assert [(node.metadata["plan"], node.metadata["section"], node.metadata["bullet"]) for node in nodes] == [
        ("kenh-muong", "mo-dau", ""),
        ("kenh-muong", "I", ""),
        ("kenh-muong", "II", ""),
        ("kenh-muong", "II.1", ""),
        ("kenh-muong", "II.1", "/-1"),
        ("kenh-muong", "II.1", "/-2"),
    ]
    assert all(NodeRelationship.SOURCE in node.relationships for node in nodes)


def test_retriever_gives_whole_sections_with_their_address(engine: Engine) -> None:
    found = PlanRetriever(engine, k=3).retrieve("hạn báo cáo năm về chuyển đổi số của cấp xã tỉnh Lam Khê")
    assert len(found) == 3
    for hit in found:
        section = engine.plans[hit.node.metadata["plan"]].section(hit.node.metadata["section"])
        assert section is not None
        assert hit.node.get_content() == section.text


def test_query_engine_answers_with_the_quotes_as_sources(engine: Engine) -> None:
    response = PlanQueryEngine(engine).query("Kế hoạch chuyển đổi số tỉnh Lam Khê do ai ký?")
    assert response.metadata is not None
    assert response.metadata["status"] == "answered"
    assert [node.node.get_content() for node in response.source_nodes] == [citation["quote"] for citation in response.metadata["answer"]["citations"]]
    assert response.source_nodes
