"""Settings: names that nothing reads, values that contradict each other, secrets that others can read."""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

from dotenv import dotenv_values

from xhht_qa.access.oidc import check_settings
from xhht_qa.access.rules import Rules
from xhht_qa.access.trust import Networks
from xhht_qa.errors import SettingsError
from xhht_qa.operate.finding import Finding, broken, doubtful, well
from xhht_qa.settings import Settings

_PREFIX = "XHHT_"
_NAME = re.compile(r"[\w.-]+")
_OF_TESTS = {"XHHT_REQUIRE_ALL"}


def check_names(env_file: Path) -> Iterator[Finding]:
    """A misspelt name changes nothing, and nobody is told."""
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    in_file = dotenv_values(env_file) if env_file.is_file() else {}
    for place, names in (("the environment", os.environ), (f"{env_file}", in_file)):
        for name in sorted(name for name in names if name.upper().startswith(_PREFIX) and name.upper() not in known | _OF_TESTS):
            nearest = difflib.get_close_matches(name.upper(), known, n=1)
            mend = f"did you mean {nearest[0]}? Correct it, or take it out" if nearest else "take it out; README.md lists the settings"
            yield doubtful("settings", f"{name} in {place} is no setting and changes nothing", mend)
    secret = any(value for name, value in in_file.items() if "TOKEN" in name or "SECRET" in name)
    if secret and env_file.stat().st_mode & 0o077:
        yield doubtful("settings", f"other users of this machine can read the secrets in {env_file}", f"chmod 600 {env_file}")


def check_sign_in(settings: Settings) -> Iterator[Finding]:
    """Who may come in, and who may change plans."""
    open_to_others = not is_loopback(settings.host)
    yield from _way_in(settings, open_to_others)
    if settings.admin_on_loopback and open_to_others:
        mend = "set XHHT_ADMIN_ON_LOOPBACK=false and XHHT_ADMIN_TOKEN to 16 characters or more"
        yield broken("sign-in", f"the server listens at {settings.host} and lets whoever comes from this machine, a proxy too, manage plans", mend)
    if settings.access_file:
        try:
            rules = Rules.read(settings.access_file).rules
            yield well("access", f"{len(rules)} rules in {settings.access_file} say which groups see which plans")
        except SettingsError as error:
            said, _, mend = str(error).rpartition("; ")
            yield broken("access", said or mend, mend)
    if "*" in settings.frame_ancestors.split():
        yield doubtful("sign-in", "every site may show the page in a frame", "set XHHT_FRAME_ANCESTORS to the portal's own address")
    if not settings.admin_token and not settings.admin_on_loopback:
        yield well("sign-in", "nobody may manage plans over HTTP: XHHT_ADMIN_TOKEN is empty")


def _way_in(settings: Settings, open_to_others: bool) -> Iterator[Finding]:
    choose = "set XHHT_SIGN_IN to proxy or oidc (docs/dang-nhap.md)"
    if settings.sign_in == "open":
        if not open_to_others:
            yield well("sign-in", "whoever reaches this machine's own address may ask: programs and people here, and all whom a proxy here lets through")
        elif settings.open_to_network:
            yield doubtful("sign-in", f"whoever reaches {settings.host} may ask without signing in", choose)
        else:
            yield broken("sign-in", f"the server does not start at {settings.host} where everyone may ask", f"{choose}, or XHHT_OPEN_TO_NETWORK=true")
    try:
        trusted = Networks(settings.trusted_proxies)
        if settings.sign_in == "oidc":
            check_settings(settings)
    except SettingsError as error:
        said, _, mend = str(error).rpartition("; ")
        yield broken("sign-in", said, mend)
        return
    if trusted.are_everywhere:
        yield broken("sign-in", "every address is a trusted proxy: anybody may say who they are", "list the proxy's own address in XHHT_TRUSTED_PROXIES")
    elif settings.sign_in == "proxy" and not trusted:
        yield broken("sign-in", "no proxy is trusted, so that nobody can sign in", "list the proxy's address in XHHT_TRUSTED_PROXIES")
    elif settings.sign_in == "proxy":
        yield well("sign-in", f"people are named by {settings.user_header} from {trusted}; whatever runs there may say who it is")
    elif settings.sign_in == "oidc":
        yield well("sign-in", f"people sign in at {settings.oidc_issuer}")


def check_hosts(settings: Settings) -> Iterator[Finding]:
    """Under which names browsers reach the server; the others are refused."""
    wrong = [name for name in settings.hosts.split() if not _NAME.fullmatch(name)]
    if wrong:
        yield broken(
            "hosts", f"{', '.join(wrong)} in XHHT_HOSTS is no name of a host", "write names alone, without https://, port or path, with spaces between"
        )
    elif settings.hosts or settings.public_url or (is_loopback(settings.host) and settings.sign_in == "open"):
        named = [*settings.hosts.split(), *([settings.public_url] if settings.public_url else [])]
        yield well("hosts", f"browsers reach the server at addresses, localhost, {socket.gethostname()}{''.join(f', {name}' for name in named)}")
    else:
        yield doubtful("hosts", f"browsers that call the server by another name than {socket.gethostname()} are refused", "list its names in XHHT_HOSTS")


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which nobody else reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
