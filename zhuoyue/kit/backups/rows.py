"""Rows of any table as lines of JSON, exact to the last digit, the same for every database."""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import models

# Who is signed in now is no record, and what the installation makes again is not carried either.
LEFT_OUT = {"sessions.session"}
BATCH = 2000


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model._meta.model_name}"


def tables(registry: Apps = apps) -> dict[str, type[models.Model]]:
    """Every table of ours by its name, those between many and many among them."""
    found = (
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    )
    return {label(m): m for m in sorted(found, key=label) if label(m) not in LEFT_OUT}


def lines_of(model: type[models.Model]) -> Iterator[str]:
    """One line for each row, in the order of keys."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    for row in rows:
        facts = [to_plain(f, row) for f in fields]
        yield json.dumps(facts, ensure_ascii=False, sort_keys=True)


def to_plain(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, bool | int | float | str):
        return value
    return field.value_to_string(row)


def from_plain(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    target = field.target_field if field.remote_field else field
    return target.to_python(value)


def columns(model: type[models.Model]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields]


def write_rows(model: type[models.Model], names: list[str], lines: Iterable[bytes]) -> None:
    """Put lines back as rows, keys and times as they were."""
    by_name = {f.attname: f for f in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    for field in fields:
        if isinstance(field, models.DateField):  # times of the rows, not of the restoring
            field.auto_now = field.auto_now_add = False
    batch = []
    for line in lines:
        values = json.loads(line)
        facts = {f.attname: from_plain(f, v) for f, v in zip(fields, values, strict=True)}
        batch.append(model(**facts))
        if len(batch) == BATCH:
            model._base_manager.bulk_create(batch)
            batch = []
    model._base_manager.bulk_create(batch)
