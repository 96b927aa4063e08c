"""Trees of Python's syntax are made on several threads at once."""

import ast
import gc
import sys
import threading

from engine.shared.syntax import tree_of

DEEP = "f(" * 40 + "x" + ")" * 40


def test_threads_make_trees_at_the_same_time():
    failures: list[BaseException] = []
    interval = sys.getswitchinterval()

    def make() -> None:
        try:
            for _ in range(150):
                assert ast.dump(tree_of(DEEP, mode="eval")) == expected
        except BaseException as error:
            failures.append(error)

    def look(phase: str, info: dict[str, int]) -> None:
        """Python code in the middle of a tree, where a thread may be left for another."""

    expected = ast.dump(tree_of(DEEP, mode="eval"))
    thresholds = gc.get_threshold()
    gc.callbacks.append(look)
    gc.set_threshold(20)
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=make) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*thresholds)
        gc.callbacks.remove(look)
    assert failures == []
