"""Writing many rows while others want to write: only the inserting itself holds the lock."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models


def prepared[M: models.Model](model: type[M], rows: Sequence[M]) -> Callable[[], None]:
    """Everything but the inserting, which the returned call does inside the caller's transaction.

    `bulk_create` turns values into what the database takes while it holds the transaction, ten
    times as long as the inserting takes. Keys are given out by the database and not read back.
    """
    if connection.vendor == "postgresql":
        # Its writers do not wait for each other, and many rows in one statement go faster.
        return lambda: keep(model, rows)
    fields = [f for f in model._meta.concrete_fields if not f.primary_key]
    values: list[list[Any]] = [
        [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields] for row in rows
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own tables, values as parameters

    def insert() -> None:
        if values:
            with connection.cursor() as cursor:
                cursor.executemany(statement, values)

    return insert


def keep[M: models.Model](model: type[M], rows: Sequence[M]) -> None:
    model._default_manager.bulk_create(rows)
