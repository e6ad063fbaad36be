#!/bin/sh
# Make a virtual environment with alertgen in it: venv.sh FOLDER [EXTRA].
# Needs only Python 3.11 or newer; says what to install where something is missing.
set -eu
folder=$1
extra=${2:-}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo "alertgen needs Python 3.11 or newer, and none was found." >&2
    echo "Install it (Debian and Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python;" >&2
    echo "Windows: python.org/downloads), or name it: make site PYTHON=/path/to/python3.12" >&2
    exit 1
}

python=$(find_python)
if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -c 'import pip' >/dev/null 2>&1; then
    rm -rf "$folder"
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "$python has no venv module, so no virtual environment can be made." >&2
        echo "Install it, then try again. Debian and Ubuntu: sudo apt install python3-venv (or python$version-venv)" >&2
        exit 1
    fi
    echo "Making a virtual environment in $folder with $python"
    "$python" -m venv "$folder"
fi
echo "Installing alertgen${extra:+ with what its $extra tasks need} into $folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
    --editable ".${extra:+[$extra]}"
