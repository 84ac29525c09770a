#!/bin/sh
# Prints the absolute path of a Python that fits; says in one sentence what is missing when none does.
# PYTHON=... names one explicitly. Shims (pyenv, asdf) that fail for this folder are passed over.
set -u
cd "$(dirname "$0")/.." || exit 1

# Leaves 3 when the version does not fit and 4, naming the module, when the interpreter is incomplete.
probe='
import sys
if sys.implementation.name != "cpython" or not (3, 12) <= sys.version_info[:2] <= (3, 14):
    sys.exit(3)
import sysconfig
if sysconfig.get_config_var("Py_GIL_DISABLED"):
    sys.exit(3)
try:
    import ctypes, ssl, sqlite3, venv, zlib, ensurepip
except ImportError as missing:
    print(missing.name)
    sys.exit(4)
print(getattr(sys, "_base_executable", "") or sys.executable)
'

candidates() {
    if command -v pyenv >/dev/null 2>&1; then
        prefix=$(pyenv prefix "$(cat .python-version)" 2>/dev/null) && echo "$prefix/bin/python3"
    fi
    printf '%s\n' python3.13 python3.12 python3.14 python3 python
    for minor in 13 12 14; do # behind shims that refuse, and where uv keeps its interpreters
        ls -d "${PYENV_ROOT:-${HOME:-}/.pyenv}/versions/3.$minor".*/bin/python3 \
            "${XDG_DATA_HOME:-${HOME:-}/.local/share}/uv/python/cpython-3.$minor".*/bin/python3 2>/dev/null
    done
}

incomplete=
try() {
    found=$("$1" -I -c "$probe" 2>/dev/null </dev/null)
    case $? in
    0) printf '%s\n' "$found" && exit 0 ;;
    4) [ -n "$incomplete" ] || incomplete="$1 ($found)" ;;
    esac
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON"
else
    while IFS= read -r candidate; do
        try "$candidate"
    done <<EOF
$(candidates)
EOF
fi

if [ -n "$incomplete" ]; then
    echo "缺少 Python 的一部分：$incomplete，请补装（Debian、Ubuntu：python3-venv）。 / A part of Python is missing: $incomplete; please install it (Debian, Ubuntu: python3-venv)." >&2
else
    echo "缺少 Python 3.12、3.13 或 3.14：请安装其一，或用 make PYTHON=路径 指明${PYTHON:+（$PYTHON 不合用）}。 / Python 3.12, 3.13 or 3.14 is missing: please install one, or name it with make PYTHON=path${PYTHON:+ ($PYTHON does not fit)}." >&2
fi
exit 1
