"""The window's tests run offscreen; a Qt warning fails a test (pyproject's qt_log_level_fail)."""

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Generator

import pytest
import shiboken6  # noqa: F401 - with which PySide begins
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.warm_server import join_pages

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What is made once for a version of PyTorch is made once for all tests, and not among the person's own files.
os.environ.setdefault("VISUALIZER_CACHE", os.path.join(tempfile.gettempdir(), "visualizer-tests"))
# Whatever the machine speaks, a window that was never asked speaks English here.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
# Several workers on a few cores: OpenMP's threads must not spin for each other.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
# On some processors the last bit of a product by MKL depends on where in memory its operands lie: no test is of that.
os.environ.setdefault("MKL_CBWR", "AUTO,STRICT")
# A shell that starts the suite in the background has SIGINT ignored, and Python then leaves it so.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Examples are the same each time, so that nobody's change fails for one that was never drawn before, and may take long.
settings.register_profile("tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")
# Hypothesis draws from the constants of the program's own modules, too, of all that were imported by then: every worker
# would parse them, and anybody's change draw other examples.
if hasattr(providers, "is_local_module_file"):
    providers.is_local_module_file = lambda path: False
# Of what is imported for the tests nothing is garbage.
gc.disable()
# Of each module that is imported after it, of torch's too, PySide reads the whole source, to know whether names in it
# may be written another way: no module here asks for that.
_features = sys.modules.get("shibokensupport.feature")
if hasattr(_features, "_mod_uses_pyside"):
    _features._mod_uses_pyside = lambda module: True
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_N_WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
# Files that take longest, in seconds of a worker on two cores: who begins one of them last ends long after the others.
DEAREST = {
    "test_foreign_tensors": 72, "test_watching_changes_nothing": 40, "test_training_workspace": 30,
    "test_room_for_words": 42, "test_engine_process": 40, "test_going_on": 20, "test_every_dialog": 31,
    "test_accessibility": 28, "test_training_by_keyboard": 20, "test_file_commands": 24, "test_window_layout": 38,
    "test_defects": 20, "test_experiments": 23, "test_prompts": 16, "test_large_tensor": 21,
    "test_training_survival": 21, "test_graph_layout": 20, "test_program_panel": 19,
    "test_settings_dialog": 19, "test_step_ways": 18, "test_main_window_stepping": 24, "test_server": 18,
    "test_graph_film": 17, "test_another_document": 17, "test_interpreter": 17, "test_own_names": 17,
    "test_predict": 16, "test_lessons": 21, "test_reported_mistakes": 22, "test_inspector": 16, "test_what_if": 20,
    "test_weights": 15, "test_stage": 15, "test_graph_panel": 14, "test_graph_frames": 14, "test_giving_way": 14,
    "test_main_window_keys": 14, "test_translations": 13, "test_training_form": 13, "test_preparing": 13,
    "test_exercise_variants": 13, "test_switched_window": 21, "test_next_window": 11, "test_damaged_runs": 11,
    "test_training_plots": 11, "test_outline_panel": 10, "test_train_command": 10, "test_training_in_little_room": 9,
    "test_main_window_selection": 9, "test_typed_numbers": 9, "test_main_window_replay": 9,
    "test_layers": 11, "test_editor": 11, "test_plots_export": 10, "test_health_panel": 9, "test_operations": 9,
    "test_program": 9, "test_breakpoints": 9, "test_nan_pause": 8, "test_operation_patterns": 8, "test_install": 8,
}  # fmt: skip


def begun_at(found: list, worker: int, n_workers: int) -> list:
    """What one of several workers reads, each from another place on."""
    first = len(found) * worker // n_workers
    return found[first:] + found[:first]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """What one worker has compiled, the others find: in a new checkout each would compile all tests and the program
    for itself, which takes longer than to import them."""
    report = yield
    if isinstance(collector, pytest.Directory) and report.passed:
        report.result = begun_at(report.result, _WORKER, _N_WORKERS)
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dearest files first; and all workers have the same order."""
    items.sort(key=lambda item: (-DEAREST.get(item.path.stem, 0), str(item.path) if _N_WORKERS > 1 else ""))


def pytest_collection_finish() -> None:
    """What has been imported stays: a garbage collection, of which a test of the window asks several, passes it by. And
    it lies in large pages, where the kernel can: in small ones a window takes a quarter longer to make."""
    gc.enable()
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        join_pages()
