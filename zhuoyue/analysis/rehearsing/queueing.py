"""Waiting times that theory knows: one step, Poisson arrivals, always open.

Sources: Erlang 1917 (M/M/c); Pollaczek 1930 and Khinchine 1932 (M/G/1); any textbook, such as
Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory, chapters 2, 3 and 6.
"""

from __future__ import annotations

from zhuoyue.analysis.errors import AnalysisError


def erlang_c(servers: int, load: float) -> float:
    """The share of contacts that wait, with `load` = arrival rate x mean duration (erlangs).

    Raises AnalysisError where the load is not below the number of servers.
    """
    _check(servers, load)
    blocked = 1.0  # Erlang B, server by server: the stable recursion
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def mean_wait(servers: int, rate: float, mean: float) -> float:
    """Mean waiting time of M/M/c, in the unit of `mean`; `rate`: arrivals per that unit."""
    load = rate * mean
    return erlang_c(servers, load) * mean / (servers - load)


def mean_wait_single(rate: float, mean: float, cv: float) -> float:
    """Mean waiting time of M/G/1 (Pollaczek-Khinchine) for durations of this mean and cv."""
    load = rate * mean
    _check(1, load)
    return load * mean * (1 + cv**2) / (2 * (1 - load))


def _check(servers: int, load: float) -> None:
    if servers < 1 or not 0 <= load < servers:
        raise AnalysisError("queue_overloaded", servers=servers, load=load)
