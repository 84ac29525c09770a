"""The Chinese font that comes as a package; no font of the machine is needed."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Noto Sans CJK SC"


@cache
def font_folder() -> str:
    found = find_spec("manimgx_fonts_cjk")
    if found is None or found.origin is None:
        raise RuntimeError("the font package manimgx-fonts-cjk is missing")
    return str(Path(found.origin).parent)
