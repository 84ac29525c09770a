"""Columns of numbers from an Arrow stream, read through Arrow's C interface.

The interface is three C structures whose layout is fixed for good (Apache Arrow, "The Arrow C data
interface" and "The Arrow C stream interface"). Reading them with ctypes needs no further package
and, unlike the readers that come as packages, lets other threads work while the source is read.
"""

from __future__ import annotations

import ctypes
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from numpy.typing import NDArray

KINDS: dict[str, type[np.number[Any]]] = {
    "c": np.int8,
    "C": np.uint8,
    "s": np.int16,
    "S": np.uint16,
    "i": np.int32,
    "I": np.uint32,
    "f": np.float32,
    "g": np.float64,
}
SMALL = 2  # bytes: whole numbers that single precision holds exactly
ROWS_AT_ONCE = 1 << 13  # rows that are turned from columns while they stay near the processor


class _Array(ctypes.Structure):
    pass


class _Schema(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))),
    ("private_data", ctypes.c_void_p),
]
_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    (
        "get_schema",
        ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema)),
    ),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(_Stream))),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))),
    ("private_data", ctypes.c_void_p),
]


class StreamError(Exception):
    """The source failed while it was read."""


def tables(source: Any) -> Iterator[NDArray[Any]]:
    """Tables (rows x columns) of one kind of number each, NaN where there is none.

    `source` has the method `__arrow_c_stream__` and columns of the kinds above only. Nothing of
    the source's memory is kept.
    """
    capsule = source.__arrow_c_stream__()
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    stream = _Stream.from_address(pointer(capsule, b"arrow_array_stream"))
    kinds = _kinds(stream)
    with ThreadPoolExecutor(1) as ahead:
        waiting = ahead.submit(_next, stream)
        try:
            while (batch := waiting.result()).release:
                waiting = ahead.submit(_next, stream)
                try:
                    table = _table(batch, kinds)
                finally:
                    batch.release(ctypes.byref(batch))
                if len(table):
                    yield table
        finally:
            _drop(waiting)


def _next(stream: _Stream) -> _Array:
    """The next part of the source, which may be read while the last one is being used."""
    batch = _Array()
    _check(stream, stream.get_next(ctypes.byref(stream), ctypes.byref(batch)))
    return batch


def _drop(waiting: Future[_Array]) -> None:
    """Give back what was read ahead and is not wanted any more."""
    if waiting.exception() is None and waiting.result().release:
        batch = waiting.result()
        batch.release(ctypes.byref(batch))


def _check(stream: _Stream, status: int) -> None:
    if status:
        said = stream.get_last_error(ctypes.byref(stream))
        raise StreamError((said or b"").decode("utf-8", "replace"))


def _kinds(stream: _Stream) -> list[type[np.number[Any]]]:
    schema = _Schema()
    _check(stream, stream.get_schema(ctypes.byref(stream), ctypes.byref(schema)))
    try:
        return [
            KINDS[schema.children[k].contents.format.decode()] for k in range(schema.n_children)
        ]
    finally:
        schema.release(ctypes.byref(schema))


def _table(batch: _Array, kinds: list[type[np.number[Any]]]) -> NDArray[Any]:
    columns = [_column(batch.children[k].contents, kind) for k, kind in enumerate(kinds)]
    table = np.empty((batch.length, len(columns)), dtype=np.result_type(*columns))
    for start in range(0, len(table), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        for k, column in enumerate(columns):
            table[rows, k] = column[rows]
    return table


def _column(array: _Array, kind: type[np.number[Any]]) -> NDArray[Any]:
    """A view of the column, or a copy with NaN where it has gaps."""
    if not array.length:
        return np.empty(0, dtype=kind)
    values = _view(array.buffers[1], kind, array.offset, array.length)
    if not (array.null_count and array.buffers[0]):
        return values
    first, last = array.offset // 8, (array.offset + array.length + 7) // 8
    valid = np.unpackbits(_view(array.buffers[0], np.uint8, first, last - first), bitorder="little")
    missing = valid[array.offset - first * 8 :][: array.length] == 0
    whole = values.dtype.kind in "iu" and values.itemsize <= SMALL
    filled = values.astype(np.float32 if whole or kind is np.float32 else np.float64)
    filled[missing] = np.nan
    return filled


def _view(address: int, kind: type[np.number[Any]], first: int, count: int) -> NDArray[Any]:
    size = np.dtype(kind).itemsize
    memory = (ctypes.c_char * (count * size)).from_address(address + first * size)
    return np.frombuffer(memory, dtype=kind)
