#!/bin/sh
# Makes .venv when it is missing, broken or moved, then lets it bring itself up to date.
# Usage: scripts/setup.sh run|dev
set -eu
cd "$(dirname "$0")/.."
home=.venv/zhuoyue-checkout # a virtual environment names its own folder in many files: moved means broken

usable() {
    [ "$(cat "$home" 2>/dev/null)" = "$(pwd -P)" ] &&
        .venv/bin/python -I -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

if ! usable; then
    python=$(scripts/find_python.sh)
    echo "创建 .venv（$python） / Creating .venv with $python"
    "$python" -m venv --clear .venv
    pwd -P >"$home"
fi
exec .venv/bin/python -m scripts.prepare "$1"
