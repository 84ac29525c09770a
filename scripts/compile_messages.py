"""Compile the translations (.po → .mo) that are newer than their result, without msgfmt."""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every outdated catalogue under `root` and return those compiled."""
    compiled = []
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # A reader never sees half a file.
        unfinished = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        compiled.append(source)
    return compiled


def main() -> int:
    try:
        compiled = compile_catalogues(ROOT / "zhuoyue")
    except (OSError, ValueError) as failure:  # the text names file and line
        print(f"译文文件有误 / A translation file is wrong: {failure}", file=sys.stderr)
        return 1
    if compiled:
        print(f"编译译文 {len(compiled)} 份 / Compiled {len(compiled)} translation files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
