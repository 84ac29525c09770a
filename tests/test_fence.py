"""What import-linter cannot see: foreign keys, template includes, sizes and names of files."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

from zhuoyue.kit.apps import RoomConfig

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "zhuoyue"
FLOOR = {room: number for number, room in enumerate(settings.ROOMS)}
BANNED = {"utils", "helpers", "common", "misc", "core", "util", "helper"}


def sources() -> list[Path]:
    return [p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if here in FLOOR and isinstance(field, ForeignKey | ManyToManyField):
                there = field.related_model._meta.app_label
                if there in FLOOR and FLOOR[there] > FLOOR[here]:
                    wrong.append(f"{model.__name__}.{field.name} → {there}")
    assert wrong == []


def test_templates_include_only_what_is_below() -> None:
    wrong = []
    for template in PACKAGE.rglob("templates/**/*.html"):
        here = room_of(template)
        names = re.findall(
            r"""{%\s*(?:include|extends)\s+["']([\w-]+)/""", template.read_text(encoding="utf-8")
        )
        wrong += [
            f"{template.name} → {there}"
            for there in names
            if FLOOR.get(there, -1) > FLOOR.get(here, len(FLOOR))
        ]
    assert wrong == []


def test_files_are_named_after_what_they_hold() -> None:
    assert [str(p) for p in sources() if p.stem in BANNED] == []


def test_files_and_functions_can_be_held_in_the_head() -> None:
    too_long = []
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 600:
            too_long.append(f"{path.name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno
                if length > 60:
                    too_long.append(f"{path.name}: {node.name} has {length} lines")
    assert too_long == []


def test_settings_stay_small() -> None:
    lines = (PACKAGE / "config" / "settings.py").read_text(encoding="utf-8").count("\n")
    assert lines <= 200


def test_no_package_host_and_no_path_of_a_machine_in_the_tree() -> None:
    hosts = re.compile(
        "py" + r"pi\.org|pythonhosted" + r"\.org|registry\.np" + "mjs|npm" + "mirror"
    )
    wrong = []
    for path in ROOT.iterdir():
        files = [path] if path.is_file() else []
        if path.name in {"zhuoyue", "tests", "docs", "scripts", "frontend", ".ci"}:
            files = [p for p in path.rglob("*") if p.is_file() and "dist" not in p.parts]
        for file in files:
            if file.suffix in {".py", ".md", ".toml", ".lock", ".json", ".mjs", ".yaml", ""}:
                text = file.read_text(encoding="utf-8", errors="ignore")
                wrong += [str(file)] if hosts.search(text) else []
    assert wrong == []


def test_every_room_opens_its_drawers() -> None:
    for room in settings.ROOMS:
        config = apps.get_app_config(room)
        assert isinstance(config, RoomConfig), f"{room}/apps.py must name a RoomConfig"
