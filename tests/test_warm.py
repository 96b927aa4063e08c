"""What a program sees in an engine that was forked from a warm process is what it sees in a fresh one."""

import os
from pathlib import Path

from tests.engine.client import Client, printed

_SEEN = """
import __main__, os, signal, sys, threading
import numpy, torch
print(sys.argv[1:], __main__.__spec__.name, os.getcwd(), sys.flags.safe_path, sys.path)
print(sorted(os.environ), sorted(os.listdir("/dev/fd")), os.getsid(0) == os.getpgid(0) == os.getpid())
print([signal.getsignal(number) for number in signal.valid_signals() if number != signal.SIGURG])
print(sorted(thread.name for thread in threading.enumerate()), torch.get_num_threads(), torch.initial_seed())
print("tests" in sys.modules)
"""


def test_a_warm_engine_is_like_a_fresh_one_and_a_bare_one_has_its_modules_too(tmp_path: Path) -> None:
    seen, modules = [], []
    for begun in ({"fresh": True}, {"bare": True}, {}):
        with Client(cwd=tmp_path, **begun) as engine:
            seen.append(printed(engine.run(_SEEN)))
            modules.append(set(printed(engine.run("print(*sys.modules)")).split()))
    assert seen[0] == seen[1] == seen[2]
    assert modules[0] ^ modules[1] == set() and "torch" in modules[0] and "torch._dynamo" not in modules[0]


def test_warm_engines_draw_numbers_of_their_own_and_are_children_of_the_tests(tmp_path: Path) -> None:
    drawn = []
    for _ in range(2):
        with Client(cwd=tmp_path) as engine:
            text = "import os, random, numpy\nprint(random.random(), numpy.random.rand())\nprint(os.getppid())"
            numbers, parent = printed(engine.run(text)).splitlines()
            assert int(parent) == os.getpid()
            drawn.append(numbers)
    assert drawn[0] != drawn[1]
