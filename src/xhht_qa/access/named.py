"""Users whom a proxy in front of the server has signed in and names in headers."""

from __future__ import annotations

from fastapi import Request

from xhht_qa.access.asker import ADMIN, EDITOR, READER, Asker, Role
from xhht_qa.access.trust import Networks, peer
from xhht_qa.settings import Settings

_MOST_ID_CHARS = 150  # the database of conversations takes 200
_MOST_GROUPS = 1000


class NamedByProxy:
    """Believes the headers of trusted proxies, by the address of the connection itself; whatever others send is as if it were not there."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._trusted = Networks(settings.trusted_proxies)

    def __call__(self, request: Request) -> Asker | None:
        """The user, None where no trusted proxy names exactly one."""
        if peer(request) not in self._trusted:
            return None
        user, name, groups = (_only(request, header) for header in (self._settings.user_header, self._settings.name_header, self._settings.groups_header))
        if not user or name is None or groups is None or len(user) > _MOST_ID_CHARS:
            return None
        listed = frozenset(list_of(groups)[:_MOST_GROUPS])
        return Asker(f"proxy:{user}", name or user, roles_of(listed, self._settings), listed)


def roles_of(groups: frozenset[str], settings: Settings) -> frozenset[Role]:
    """The roles that groups give."""
    if not groups.isdisjoint(list_of(settings.admin_groups)):
        return ADMIN
    return EDITOR if not groups.isdisjoint(list_of(settings.editor_groups)) else READER


def list_of(written: str) -> list[str]:
    """What is written with commas between."""
    return [one.strip() for one in written.split(",") if one.strip()]


def _only(request: Request, header: str) -> str | None:
    """The header's value, "" where it is missing, None where it is there twice: then somebody has put one beside the proxy's."""
    values = [value for name, value in request.scope["headers"] if name.decode("latin-1").lower() == header.lower()]
    if len(values) > 1:
        return None
    text = values[0].decode("utf-8", "replace").strip() if values else ""
    return text if text.isprintable() else None
