"""`python -m zhuoyue.cli` does what `zhuoyue` does."""

import sys

from zhuoyue.cli import main

if __name__ == "__main__":
    sys.exit(main())
