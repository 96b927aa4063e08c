"""The window's tests run offscreen; a Qt warning fails a test (pyproject's qt_log_level_fail)."""

import os
import signal

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A shell that starts the suite in the background has SIGINT ignored, and Python then leaves it so.
signal.signal(signal.SIGINT, signal.default_int_handler)
