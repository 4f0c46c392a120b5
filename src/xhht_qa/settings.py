"""Settings: one frozen object, read once from ``XHHT_*`` variables and ``.env``, passed in, building nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from xhht_qa.errors import SettingsError


class Settings(BaseSettings):
    """Every knob of the product; each can be set as ``XHHT_<NAME>`` in the environment or in ``.env``."""

    model_config = SettingsConfigDict(env_prefix="XHHT_", env_file=".env", extra="ignore", frozen=True)

    index_dir: Path = Field(Path("index"), description="the folder that ingest writes and everything else reads")
    chroma_url: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="a Chroma server that keeps the vectors of every build, as http://127.0.0.1:8000; empty: files in the index",
    )
    vector_stores: str = Field(
        "",
        pattern=r"^([\w.]+:\w+)?$",
        description="module:function of the site's own that gives another vector store of LlamaIndex for the vectors; empty: Chroma",
    )
    embed_model: str = Field("", description="a sentence-transformers name or path; empty: the bundled multilingual-e5-small")
    encoder_dir: Path = Field(
        Path(sys.prefix) / "share" / "xhht-qa" / "encoder",
        description="the folder of the encoder that was prepared for this machine (python -m ingest.encoder)",
    )
    llm_base_url: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="an OpenAI-compatible server, as http://127.0.0.1:8080/v1, whose model puts answers into words; empty: none",
    )
    llm_api_key: str = Field("", repr=False, description="the key that it asks for")
    llm_model: str = Field("", description="the model by the name that the server gives it")
    llm_timeout: float = Field(30, gt=0, le=600, description="seconds for the whole answer of the model; after them the answer is the plans' own words")
    llm_first_timeout: float = Field(10, gt=0, le=600, description="seconds until its first words")
    llm_retries: int = Field(1, ge=0, le=5, description="times that a request which the server did not take is tried again, within that time")
    llm_context: int = Field(4096, ge=1024, description="tokens that the model can read and write at once")
    llm_rest: float = Field(60, ge=0, le=3600, description="seconds for which a server that failed is not asked again")
    host: str = Field("127.0.0.1", description="address the server listens on")
    port: int = Field(7860, ge=1, le=65535, description="port the server listens on")
    role: Literal["all", "api"] = Field(
        "all", description="what this process serves: everything, or the API alone, as those do that stand beside one that serves everything"
    )
    hosts: str = Field("", description="names, beside its own and that of public_url, at which browsers reach the server, with spaces between")
    root_path: str = Field("", pattern=r"^(/[\w.~-]+)*$", description="the path below which a portal's proxy shows the whole server, as /tro-ly")
    frame_ancestors: str = Field("'self'", pattern=r"^[^;,\r\n]+$", description="who may show the page in a frame (CSP source list)")
    sign_in: Literal["open", "proxy", "oidc"] = Field("open", description="who may ask: anyone, whom a trusted proxy names, or whom an OpenID provider names")
    open_to_network: bool = Field(False, description="with sign_in=open, listen on more than the machine itself: whoever reaches the server may ask")
    trusted_proxies: str = Field("127.0.0.1, ::1", description="addresses and networks of the proxies whose headers are believed, with commas between")
    user_header: str = Field("X-Remote-User", description="the header in which a trusted proxy names the user")
    name_header: str = Field("X-Remote-Name", description="the header with the user's name as people know it")
    groups_header: str = Field("X-Remote-Groups", description="the header with the user's groups, with commas between")
    editor_groups: str = Field("", description="groups whose members manage the plans, with commas between")
    admin_groups: str = Field("", description="groups whose members may do everything, with commas between")
    oidc_issuer: str = Field("", description="address of the OpenID provider, below which it tells of itself (/.well-known/openid-configuration)")
    oidc_client_id: str = Field("", description="the name under which the provider knows this server")
    oidc_client_secret: str = Field("", repr=False, description="the secret that the provider has given with it")
    oidc_scopes: str = Field("openid profile email", description="what the provider is asked for; some give groups for a scope of their own")
    oidc_groups_claim: str = Field("groups", description="the claim that lists the user's groups")
    public_url: str = Field("", description="the address at which people open the server, with its path; the OpenID provider sends them back there")
    session_hours: float = Field(12, gt=0, le=720, description="so long after signing in one has to sign in again")
    access_file: Path | None = Field(None, description="which groups may see which plans (TOML); none: whoever may ask sees all")
    max_parts: int = Field(8, ge=1, description="sets of plans, as different people see them, that are kept ready to answer at the same time")
    max_question_chars: int = Field(2000, ge=10, description="a longer question is refused")
    max_history_turns: int = Field(20, ge=0, description="older turns of a conversation are not looked at")
    feedback_file: Path = Field(Path("data/feedback.jsonl"), description="where verdicts on answers are kept, a record a line")
    data_dir: Path = Field(Path("data"), description="the folder of what users leave behind: conversations, and plans that are being checked")
    database_url: str = Field("", description="SQLAlchemy's address of the database of conversations; empty: a file in the data folder")
    retention_days: int = Field(0, ge=0, description="a conversation without a new question for so many days is deleted; 0: none is")
    max_conversations: int = Field(500, ge=1, description="conversations that one user may keep")
    plans_dir: Path = Field(Path("ingest/plans"), description="the folder to which plans are published from the page, the one that make run indexes")
    max_upload_mb: int = Field(50, ge=1, le=100, description="a larger file is refused")
    admin_token: str = Field("", repr=False, pattern=r"^(|\S{16,})$", description="who brings it may manage plans: 16 characters or more; empty: nobody may")
    admin_on_loopback: bool = Field(False, description="without a token, whoever sits at the server itself may manage plans; never behind a proxy")

    questions_at_once: int = Field(4, ge=1, le=64, description="questions that are answered at once; they share the processor")
    questions_waiting: int = Field(100, ge=0, description="questions that wait for their turn; one more is refused")
    question_wait_seconds: float = Field(60, gt=0, description="a question that has waited for so long is refused")
    questions_per_minute: int = Field(120, ge=0, description="questions that one asker may put in a minute; 0: no limit")
    questions_per_minute_address: int = Field(1200, ge=0, description="questions in a minute from one address, of those who have not signed in; 0: no limit")
    requests_per_minute_address: int = Field(6000, ge=0, description="requests in a minute from one address, files of pages not counted; 0: no limit")
    cors_origins: str = Field(
        "", pattern=r"^\s*(https?://[^\s/*]+\s*)*$", description="other sites whose scripts may call the API, without cookies: https://portal.example …"
    )
    audit: Literal["off", "hash", "text"] = Field(
        "hash", description="whether a record is kept of who asked when; with a keyed hash of each question or its text"
    )
    audit_addresses: bool = Field(True, description="whether that record names the network address of who asked")
    audit_file_mb: int = Field(50, ge=1, description="the record goes on in a new file when it is larger, and every day")
    audit_days: int = Field(365, ge=0, description="a file of the record is deleted after so many days; 0: none is")

    log_format: Literal["text", "json"] = Field("text", description="the log on stderr: lines for people, or JSON for machines")
    log_level: Literal["debug", "info", "warning", "error"] = Field("warning", description="what is told there; from info on every request is")
    metrics: bool = Field(True, description="whether /metrics is there, for admins and for programs at these addresses")
    metrics_addresses: str = Field("127.0.0.1, ::1", description="addresses and networks of programs that may read /metrics, with commas between")
    traces: bool = Field(False, description="whether each question is sent as a trace to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names")


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment and ``.env``; ``overrides`` that are not None win. Raises SettingsError."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "XHHT_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']}; correct it in the environment or in .env") from None
