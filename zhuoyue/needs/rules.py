"""What may become of a request and of a need; pure."""

NEW, UNDERSTOOD, DECLINED, SCHEME, CASE = "new", "understood", "declined", "scheme", "case"

# A request that was declined, or whose scheme or case was a mistake, can be taken up again.
REQUEST_WAYS = {
    NEW: {UNDERSTOOD, DECLINED, SCHEME, CASE},
    UNDERSTOOD: {DECLINED, SCHEME, CASE},
    DECLINED: {UNDERSTOOD},
    SCHEME: {UNDERSTOOD, CASE},
    CASE: {UNDERSTOOD, SCHEME},
}

OPEN, ADOPTED, NEED_DECLINED, PARKED = "open", "adopted", "declined", "parked"
WITH_REASON = frozenset({NEED_DECLINED, PARKED})


def request_may_become(status: str, wanted: str) -> bool:
    return wanted in REQUEST_WAYS[status]


def needs_reason(status: str) -> bool:
    """Nobody declines or parks a need without saying why."""
    return status in WITH_REASON
