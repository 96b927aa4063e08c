"""The window's tests run offscreen; a Qt warning fails a test (pyproject's qt_log_level_fail)."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
