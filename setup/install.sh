#!/bin/sh
# Builds the virtual environment and installs what the window needs from the system, where that is allowed.
set -eu
PYTHON="${PYTHON:-python3}"
VENV="${VENV:-.venv}"
PACKAGES="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0
    libwayland-cursor0 libwayland-egl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libxrender1"

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed; $("$PYTHON" --version) was found. Try: make PYTHON=python3.11" >&2
    exit 1
fi
if [ ! -x "$VENV/bin/python" ]; then
    "$PYTHON" -m venv "$VENV" || {
        rm -rf "$VENV"
        echo "The virtual environment could not be made. On Debian: apt-get install python3-venv" >&2
        exit 1
    }
fi
# Of the packages' eight thousand files a quarter is ever imported. Pip would compile all of them, one after another.
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile -e ".[dev]"

# What window and engine import is compiled now, each on a core; without Qt's libraries the window will do it itself.
"$VENV/bin/python" -P -c "import engine.serve.workspace, engine.train.process, torch._dynamo" &
"$VENV/bin/python" -P -c "import visualizer.app.application" 2>/dev/null || true
wait

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $PACKAGES; do
        dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing="$missing $package"
    done
fi
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    sudo=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    echo "Qt and Graphviz may need these system packages; install them with: sudo apt-get install$missing" >&2
    exit 0
fi
# shellcheck disable=SC2086
if ! { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq $missing; } >/dev/null; then
    echo "These system packages could not be installed:$missing" >&2
fi
