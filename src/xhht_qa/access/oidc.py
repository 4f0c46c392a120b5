"""Signing in with an OpenID provider: code flow with PKCE, state and nonce by Authlib; the session is ours."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from xhht_qa import messages
from xhht_qa.access.asker import Asker
from xhht_qa.access.named import roles_of
from xhht_qa.access.sessions import Sessions
from xhht_qa.errors import SettingsError
from xhht_qa.settings import Settings

Page = Callable[..., Response]  # (request, reason, status, leaves=False): a page with a sentence, and the button to sign out
SIGN_IN, SIGN_OUT, RETURN = "/dang-nhap", "/dang-xuat", "/dang-nhap/xong"
_COOKIE, _PENDING_COOKIE = "xhht_session", "xhht_signing_in"
_ID = "oidc:"
_PENDING_SECONDS = 600  # to type a password in, and a second factor
_MOST_BACK_CHARS = 2000
# What signs an id token: never nothing, and never a secret that is shared.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")

logger = logging.getLogger(__name__)


class SignedIn:
    """Those who have signed in with the provider of the settings."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError for settings that are missing."""
        check_settings(settings)
        self._settings = settings
        self._sessions = Sessions.of(settings)
        self._public = settings.public_url.rstrip("/")
        self._provider = _provider(settings)

    def __call__(self, request: Request) -> Asker | None:
        """The user of the session that the request brings."""
        found = self._sessions.find(request.cookies.get(_COOKIE, ""))
        if not isinstance(found, dict) or "groups" not in found:  # nobody, or another kind of token that was put in the place of a session's
            return None
        groups = frozenset(found["groups"])
        return Asker(found["id"], found["name"], roles_of(groups, self._settings), groups)

    def where(self, request: Request) -> str:
        """The address at which one signs in and comes back to the page that was asked for."""
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{self._public}{SIGN_IN}?{urlencode({'ve': (_path(request) + query)[:_MOST_BACK_CHARS]})}"

    def router(self, page: Page) -> APIRouter:
        """The addresses of signing in and out."""
        router = APIRouter(include_in_schema=False)

        @router.get(SIGN_IN)
        async def sign_in(request: Request, ve: str = "/") -> Response:
            pending: dict[str, Any] = {}
            request.scope["session"] = pending
            try:
                response: Response = await self._provider.authorize_redirect(request, f"{self._public}{RETURN}")
            except Exception:  # the provider is away, or is not one
                logger.exception("the OpenID provider cannot be asked; check XHHT_OIDC_ISSUER")
                return page(request, messages.PROVIDER_AWAY, 503)
            token = self._sessions.begin({"pending": pending, "back": _local(ve)}, _PENDING_SECONDS)
            self._set(response, _PENDING_COOKIE, token, _PENDING_SECONDS)
            return response

        @router.get(RETURN)
        async def come_back(request: Request) -> Response:
            begun = self._sessions.end(request.cookies.get(_PENDING_COOKIE, ""))  # a second try with the same answer finds nothing
            if not isinstance(begun, dict) or "pending" not in begun:
                return page(request, messages.SIGN_IN_OVER, 400)
            request.scope["session"] = begun["pending"]
            try:
                claims = await self._claims(request)
            except Exception as error:  # Authlib, its parts and the network have a hundred ways to say no
                logger.warning("a sign-in was refused: %s: %s", type(error).__name__, error)
                return page(request, messages.SIGN_IN_REFUSED, 403)
            self._sessions.end(request.cookies.get(_COOKIE, ""))  # whoever had signed in with this browser before
            token = self._sessions.begin(self._user(claims), self._settings.session_hours * 3600)
            response = RedirectResponse(f"{self._public}{begun['back']}", 303)
            self._set(response, _COOKIE, token, int(self._settings.session_hours * 3600))
            response.delete_cookie(_PENDING_COOKIE, path=self._cookie_path)
            return response

        @router.get(SIGN_OUT)
        def leave(request: Request) -> Response:
            return page(request, messages.LEAVE, 200, leaves=True)

        @router.post(SIGN_OUT)
        def sign_out(request: Request) -> Response:
            self._sessions.end(request.cookies.get(_COOKIE, ""))
            response = page(request, messages.SIGNED_OUT, 200)
            response.delete_cookie(_COOKIE, path=self._cookie_path)
            return response

        return router

    async def _claims(self, request: Request) -> dict[str, Any]:
        metadata = await self._provider.load_server_metadata()
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _ALGORITHMS]
        expected = {
            "iss": {"essential": True, "value": self._settings.oidc_issuer},
            "aud": {"essential": True, "value": self._settings.oidc_client_id},
            "nonce": {"essential": True},
        }
        token = await self._provider.authorize_access_token(request, claims_options=expected)
        return dict(token["userinfo"])

    def _user(self, claims: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the claims. The user is who the issuer's ``sub`` names; names and addresses are given to others."""
        listed = claims.get(self._settings.oidc_groups_claim, [])
        groups = [listed] if isinstance(listed, str) else [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
        subject = hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()[:32]
        return {"id": f"{_ID}{subject}", "name": str(claims.get("name") or claims.get("preferred_username") or claims.get("email") or ""), "groups": groups}

    @property
    def _cookie_path(self) -> str:
        return urlsplit(self._public).path or "/"

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        safe = self._public.startswith("https:")
        response.set_cookie(name, value, max_age=seconds, path=self._cookie_path, httponly=True, samesite="lax", secure=safe)


def check_settings(settings: Settings) -> None:
    """Raises SettingsError for settings that are missing."""
    for name in ("oidc_issuer", "oidc_client_id", "public_url"):
        if not getattr(settings, name):
            raise SettingsError(f"XHHT_{name.upper()}: it is needed for XHHT_SIGN_IN=oidc; set it in the environment or in .env")


def _provider(settings: Settings) -> Any:
    from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        "xhht",
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        client_kwargs={"scope": settings.oidc_scopes, "code_challenge_method": "S256", "timeout": 10},
    )


def pages_of(request: Request) -> tuple[tuple[str, str], ...]:
    """What is added to the links of every page: signing out, for one who has signed in here."""
    found = getattr(request.state, "asker", None)
    return ((SIGN_OUT[1:], messages.SIGN_OUT),) if isinstance(found, Asker) and found.id.startswith(_ID) else ()


def _path(request: Request) -> str:
    return request.url.path.removeprefix(str(request.scope.get("root_path", "")))


def _local(address: str) -> str:
    """The address if it is one of ours, "/" for one that leads elsewhere."""
    parts = urlsplit(address)
    is_ours = (
        address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and address.isprintable() and len(address) <= _MOST_BACK_CHARS
    )
    return address if is_ours else "/"
