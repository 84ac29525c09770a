"""A backup is put back elsewhere, onto either database, whole or not at all."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation

from tests.cast import make_cast
from zhuoyue.kit.backups import making, restoring
from zhuoyue.kit.models import StoredFile, Tenant
from zhuoyue.kit.tests.makers import attachment
from zhuoyue.people import actions as people


@pytest.fixture(scope="module")
def archive(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A backup of two centres with people, accounts and a file; they themselves are gone again."""
    folder = tmp_path_factory.mktemp("backup")
    with (
        django_db_blocker.unblock(),
        override_settings(AUDIT_ANCHORS=folder / "anchors.jsonl"),
        transaction.atomic(),
    ):
        cast = make_cast()
        attachment(cast)
        people.recipient.correct(cast.actor(), cast.recipient, segment="重点 “A”\n第二行")
        making.make(folder / "backup.zip")
        transaction.set_rollback(True)
    return folder / "backup.zip"


@pytest.fixture
def copy(archive: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.AUDIT_ANCHORS = tmp_path / "anchors.jsonl"
    target = tmp_path / "backup.zip"
    target.write_bytes(archive.read_bytes())
    with translation.override("en"):
        yield target


def command(data: Path, url: str, *arguments: object) -> str:
    """`zhuoyue …` as its own process, at an installation of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ZHUOYUE", "DJANGO"))}
    environment |= {"ZHUOYUE_DATA": str(data), "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "zhuoyue.cli", "--lang", "en", *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def empty_databases() -> Iterator[list[str]]:
    """Addresses of databases to restore into: SQLite, and PostgreSQL where the suite runs on it."""
    if connection.vendor != "postgresql":
        yield [""]
        return
    facts = connection.settings_dict
    name = f"{facts['NAME']}_restored"
    host = f"{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
        try:
            yield ["", f"postgresql://{host}/{name}"]
        finally:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def content(archive: Path) -> dict[str, bytes]:
    """Tables and files; the audit chain goes on in the new place."""
    with zipfile.ZipFile(archive) as opened:
        names = [n for n in opened.namelist() if n.startswith(("tables/", "files/"))]
        return {n: opened.read(n) for n in names if "/kit.audit" not in n}


def test_every_row_and_file_is_there_again_on_either_database(
    archive: Path, tmp_path: Path, django_db_blocker: Any
) -> None:
    key = tmp_path / "audit.key"
    key.write_text(settings.AUDIT_KEY)
    source = archive
    with django_db_blocker.unblock(), empty_databases() as urls:
        for number, url in enumerate(urls):
            data = tmp_path / str(number)
            data.mkdir()
            told = command(data, url, "restore", source, "--audit-key", key)
            assert "Every audit chain holds" in told
            source = tmp_path / f"{number}.zip"
            command(data, url, "backup", source)
            assert content(source) == content(archive)
            assert "whole" in command(data, url, "audit", "verify")


def test_a_backup_is_for_its_owner_alone_and_holds_no_key(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            assert settings.AUDIT_KEY.encode() not in opened.read(name)


def rewrite(archive: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(archive) as opened:
        members = {name: change(name, opened.read(name)) for name in opened.namelist()}
    with zipfile.ZipFile(archive, "w") as out:
        for name, data in members.items():
            out.writestr(name, data)


def of_the_future(name: str, data: bytes) -> bytes:
    """The same backup, had a later version made it."""
    if name != making.MANIFEST:
        return data
    facts = json.loads(data)
    del facts["seal"]
    facts["migrations"]["kit"].append("9999_unknown")
    manifest = making.Manifest(**facts)
    return json.dumps({**facts, "seal": manifest.seal()}).encode()


BAD: dict[str, tuple[Callable[[Path], Any], str]] = {
    "no archive": (lambda path: path.write_text("not a zip"), "damaged"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:-500]), "damaged"),
    "a changed row": (
        lambda path: rewrite(path, lambda _, data: data.replace("一车间".encode(), b"X")),
        "damaged",
    ),
    "a changed file": (
        lambda path: rewrite(path, lambda n, data: b"X" if n.startswith("files/") else data),
        "damaged",
    ),
    "a row that is none": (
        lambda path: rewrite(path, lambda n, data: b"[1" if "people.person" in n else data),
        "people.person",
    ),
    "a changed manifest": (
        lambda path: rewrite(path, lambda _, data: data.replace(b'"harbin"', b'"harbim"')),
        "audit key",
    ),
    "a later version": (lambda path: rewrite(path, of_the_future), "newer version"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_backup_is_refused_and_leaves_nothing(kind: str, copy: Path) -> None:
    spoil, words = BAD[kind]
    spoil(copy)
    with pytest.raises(ValidationError, match=words):
        restoring.restore(copy)
    assert not Tenant.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_backup_of_another_key_is_refused(copy: Path, settings: Any) -> None:
    settings.AUDIT_KEY = "another"
    with pytest.raises(ValidationError, match="--audit-key"):
        restoring.restore(copy)


@pytest.mark.django_db
def test_an_installation_in_use_is_not_overwritten(copy: Path) -> None:
    restoring.restore(copy)
    with pytest.raises(ValidationError, match="already holds"):
        restoring.restore(copy)
    assert Tenant.objects.count() == 2
