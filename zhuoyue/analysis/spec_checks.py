"""What a model must be: names known and given once, nothing left over, no circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from zhuoyue.analysis.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.spec import Model, Path


def check_constructs(model: Model) -> None:
    """Names once, items in one construct, parts and ends of products known."""
    owner: dict[str, str] = {}
    seen: set[str] = set()
    for name in (
        *(each.name for each in model.constructs),
        *(each.name for each in model.higher_order),
        *(each.name for each in model.interactions),
    ):
        if name in seen:
            raise AnalysisError("construct_duplicate", construct=name)
        seen.add(name)
    for plain in model.constructs:
        for item in plain.items:
            if item in owner:
                raise AnalysisError("item_shared", item=item, first=owner[item], second=plain.name)
            owner[item] = plain.name
    lower = [each.name for each in model.constructs]
    whole: dict[str, str] = {}
    for higher in model.higher_order:
        for part in higher.parts:
            if part not in lower:
                raise AnalysisError(
                    "part_unknown", part=part, construct=higher.name, known=", ".join(lower)
                )
            if part in whole:
                raise AnalysisError("part_shared", part=part, first=whole[part], second=higher.name)
            whole[part] = higher.name
    _check_products(model, [*lower, *(each.name for each in model.higher_order)])


def _check_products(model: Model, known: Sequence[str]) -> None:
    """Both ends known, no two constructs multiplied twice."""
    multiplied: dict[frozenset[str], str] = {}
    for product in model.interactions:
        pair = frozenset((product.first, product.second))
        if pair in multiplied:
            raise AnalysisError(
                "interaction_twice", first=multiplied[pair], interaction=product.name
            )
        multiplied[pair] = product.name
        for end in (product.first, product.second):
            if end not in known:
                raise AnalysisError(
                    "interaction_unknown_construct",
                    interaction=product.name,
                    construct=end,
                    known=", ".join(known) or "–",
                )


def check_paths(model: Model) -> None:
    """Known ends, no path twice or to itself, nothing left unconnected."""
    if not model.paths:
        raise AnalysisError("paths_missing")
    seen: set[Path] = set()
    for path in model.paths:
        for end in (path.source, path.target):
            if end not in model.names:
                raise AnalysisError(
                    "path_unknown_construct",
                    source=path.source,
                    target=path.target,
                    construct=end,
                    known=", ".join(model.names) or "–",
                )
        if path.source == path.target:
            raise AnalysisError("path_to_itself", construct=path.source)
        if path in seen:
            raise AnalysisError("path_duplicate", source=path.source, target=path.target)
        seen.add(path)
    connected = {end for path in model.paths for end in (path.source, path.target)}
    parts = {part for higher in model.higher_order for part in higher.parts}
    for name in model.names:
        if name not in connected and name not in parts:
            raise AnalysisError("construct_unconnected", construct=name)


def check_roles(model: Model) -> None:
    """Parts are reached through their whole; products predict, and both ends have paths."""
    whole = {part: higher.name for higher in model.higher_order for part in higher.parts}
    products = {each.name for each in model.interactions}
    plain_ends = set()
    for path in model.paths:
        for end in (path.source, path.target):
            if end in whole:
                raise AnalysisError(
                    "path_of_part",
                    source=path.source,
                    target=path.target,
                    part=end,
                    construct=whole[end],
                )
        if path.target in products:
            raise AnalysisError("interaction_as_target", source=path.source, target=path.target)
        if path.source not in products:
            plain_ends |= {path.source, path.target}
    for each in model.interactions:
        for end in (each.first, each.second):
            if end not in plain_ends:
                raise AnalysisError("interaction_end_lonely", interaction=each.name, construct=end)


def causal_order(model: Model) -> tuple[str, ...]:
    """Constructs so ordered that every path runs forward, products after what they are made of."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(model.names, ()))
    for path in model.paths:
        sorter.add(path.target, path.source)
    for product in model.interactions:
        sorter.add(product.name, product.first, product.second)
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        cycle = " -> ".join(error.args[1])
        raise AnalysisError("path_cycle", cycle=cycle) from None
