#!/bin/sh
# Opens the window; without a display it says so and runs the tour offscreen instead.
set -eu
BIN="$1"
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no display here, so the tour runs offscreen; its pictures go to tour/."
    QT_QPA_PLATFORM=offscreen exec "$BIN/visualizer" tour tour
fi
exec "$BIN/visualizer"
