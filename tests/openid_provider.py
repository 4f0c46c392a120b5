"""A small OpenID provider: a real one over HTTP, with a form to sign in, codes that are good once, PKCE and signed tokens; it can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from server_thread import served

CLIENT, SECRET, PASSWORD = "tro-ly", "mat-khau-cua-tro-ly", "mat-khau-cua-an"
PEOPLE: dict[str, dict[str, Any]] = {
    "an": {"sub": "u-1", "name": "Nguyễn An", "groups": ["to-chuc"]},
    "binh": {"sub": "u-2", "name": "Trần Bình", "groups": ["van-phong"]},
    "chi": {"sub": "u-3", "name": "Lê Chi", "groups": ["quan-tri"]},
}

Claims = dict[str, Any]


@dataclass
class Provider:
    """``bends`` changes the claims of the next tokens, ``signs`` makes the token of them."""

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    codes: dict[str, Claims] = field(default_factory=dict)
    bends: Callable[[Claims], Claims] = lambda claims: claims
    signs: Callable[[Claims], str] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)  # what browsers brought to the form

    def token(self, claims: Claims) -> str:
        claims = self.bends(claims)
        return self.signs(claims) if self.signs else self.signed(claims, self.key)

    def signed(self, claims: Claims, key: RSAKey) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)

    def signed_by_secret(self, claims: Claims) -> str:
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET.ljust(32, "-")), algorithms=["HS256"])

    @staticmethod
    def unsigned(claims: Claims) -> str:
        return jwt.encode({"alg": "none"}, claims, OctKey.import_key("k" * 32), algorithms=["none"])

    def behaves(self) -> None:
        """As it should, from now on."""
        self.bends, self.signs = lambda claims: claims, None

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def metadata() -> Claims:
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            }

        @app.get("/keys")
        def keys() -> Claims:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def form(request: Request) -> HTMLResponse:
            brought = dict(request.query_params)
            self.asked.append(brought)
            hidden = "".join(f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">' for name, value in brought.items())
            fields = '<input name="user" aria-label="Tên"><input name="password" type="password" aria-label="Mật khẩu"><button>Vào</button>'
            return HTMLResponse(f'<!doctype html><form method="post">{hidden}{fields}</form>', headers={"X-Frame-Options": "DENY"})

        @app.post("/authorize")
        async def sign_in(request: Request) -> Response:
            given = {name: str(value) for name, value in (await request.form()).items()}
            if given["user"] not in PEOPLE or given["password"] != PASSWORD or given["client_id"] != CLIENT:
                return HTMLResponse("Không đúng.", 403)
            code = secrets.token_urlsafe(16)
            self.codes[code] = given
            return RedirectResponse(f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}", 303)

        @app.post("/token")
        def token(request: Request, code: str = Form(), redirect_uri: str = Form(), code_verifier: str = Form(""), client_id: str = Form("")) -> Response:
            given = self.codes.pop(code, None)
            basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
            if request.headers.get("authorization") != f"Basic {basic}":
                return JSONResponse({"error": "invalid_client"}, 401)
            if given is None or given["redirect_uri"] != redirect_uri or given.get("code_challenge") != challenge:
                return JSONResponse({"error": "invalid_grant"}, 400)
            now = int(time.time())
            claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": given.get("nonce"), **PEOPLE[given["user"]]}
            return JSONResponse({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": self.token(claims)})

        return app


@contextmanager
def provider() -> Iterator[Provider]:
    """One that answers."""
    made = Provider()
    with served(made.app()) as made.address:
        yield made
