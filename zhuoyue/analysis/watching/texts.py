"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {}
CAUTIONS: dict[str, str] = {}
