"""The operator's commands of ``python -m xhht_qa``. What they need is loaded by them alone, so that a question is not slower for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xhht_qa.errors import SettingsError
from xhht_qa.settings import load_settings

if TYPE_CHECKING:
    from xhht_qa.access.keys import Keys
    from xhht_qa.operate.archive_file import Manifest

_SCOPES = ("ask", "read", "manage", "admin")


def add_commands(commands: Any, where: argparse.ArgumentParser) -> None:
    """Add them to the sub-commands of the command line; ``where`` has the option that names the index."""
    explained = "look the installation over and say what to mend; exit status 0 all is well, 1 something is doubtful, 2 something is broken"
    command = commands.add_parser("doctor", parents=[where], help=explained.partition(";")[0], description=explained)
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=_doctor)
    explained = "everything that is kept – index, plans, conversations, editions, feedback – in one checked archive, while the server runs"
    command = commands.add_parser("backup", parents=[where], help=explained, description=explained)
    command.add_argument("file", type=Path, metavar="FILE.tar.gz", help="where to write it; it must not be there yet")
    command.add_argument("--with-secrets", action="store_true", help="the file .env too; whoever reads the archive then has its keys")
    command.set_defaults(run=_backup)
    explained = "put a backup in place of what is kept; the server must be stopped"
    command = commands.add_parser("restore", parents=[where], help=explained, description=explained)
    command.add_argument("file", type=Path, metavar="FILE.tar.gz", help="a file that backup has written")
    command.add_argument("--force", action="store_true", help="also where there is something already, which is kept aside")
    command.set_defaults(run=_restore)
    explained = "keys of programs that ask by the API: add, list, revoke; one that is revoked is refused from the next request on"
    keys = commands.add_parser("keys", help=explained, description=explained).add_subparsers(required=True, metavar="COMMAND")
    command = keys.add_parser("add", help="a new key, which is shown this once", description="Make a key and show it, this once.")
    command.add_argument("name", metavar="NAME", help="whose it is, to be told apart in the list and in the record of questions")
    scopes = "may be repeated: ask (questions and conversations), read (plans, search, exports), manage (plans), admin (everything); default: ask and read"
    command.add_argument("--scope", action="append", default=[], choices=_SCOPES, help=scopes)
    command.add_argument("--group", action="append", default=[], metavar="GROUP", help="a group whose plans it may see; may be repeated")
    command.add_argument("--days", type=int, metavar="N", help="it is good for so many days (default: until it is revoked)")
    command.set_defaults(run=_add_key)
    keys.add_parser("list", help="the keys, without their text", description="Show the keys, without their text.").set_defaults(run=_list_keys)
    command = keys.add_parser("revoke", help="refuse a key from now on", description="Refuse a key from now on.")
    command.add_argument("id", metavar="ID", help="as keys list shows it")
    command.set_defaults(run=_revoke_key)


def _doctor(options: argparse.Namespace) -> int:
    from xhht_qa.operate import doctor

    found = doctor.examine(options.index)
    print((doctor.as_json if options.json else doctor.as_text)(found))
    return doctor.status(found)


def _backup(options: argparse.Namespace) -> int:
    from xhht_qa.operate.backup import back_up
    from xhht_qa.operate.restore import finish

    settings = load_settings(index_dir=options.index)
    finish(settings)
    manifest = back_up(settings, options.file, options.with_secrets)
    _note(manifest.notes)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB, {_told(manifest)}; every checksum was read back")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from xhht_qa.operate.restore import restore

    restored = restore(load_settings(index_dir=options.index), options.file, options.force)
    _note(restored.notes)
    print(f"restored {_told(restored.manifest)}, as they were at {restored.manifest.made}")
    for path in restored.aside:
        print(f"what was there before is in {path}; delete it when you do not need it any more")
    return 0


def _add_key(options: argparse.Namespace) -> int:
    if options.days is not None and options.days < 1:
        raise SettingsError("--days: a key is good for one day or more")
    expires = (datetime.now(UTC).date() + timedelta(days=options.days)).isoformat() if options.days else ""
    key, text = _keys().add(options.name, options.scope or ["ask", "read"], options.group, expires)
    print(text)
    print(f"key {key.id} of {key.name}: keep it now, it is not shown again; send it as “Authorization: Bearer …”", file=sys.stderr)
    return 0


def _list_keys(options: argparse.Namespace) -> int:
    for key in _keys().all():
        until = f"until {key.expires}" if key.expires else "until revoked"
        print("\t".join((key.id, key.name, ", ".join(key.scopes), ", ".join(key.groups) or "-", f"since {key.created}", until)))
    return 0


def _revoke_key(options: argparse.Namespace) -> int:
    key = _keys().revoke(options.id)
    print(f"key {key.id} of {key.name} is refused from now on")
    return 0


def _keys() -> Keys:
    from xhht_qa.access.keys import Keys

    return Keys.of(load_settings())


def _told(manifest: Manifest) -> str:
    return f"{len(manifest.files)} files ({', '.join(manifest.parts)})"


def _note(notes: Sequence[str]) -> None:
    for note in notes:
        print(f"xhht_qa: {note}", file=sys.stderr)
