"""Stop, and Stop again: a program may heed one KeyboardInterrupt as it likes, and none that is insisted on."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from tests.engine.client import Client, printed
from tests.patience import until
from tests.processes import is_running

BARE = """
def work():
    print("goes on", flush=True)
    for number in range(100_000): number * number
while True:
    try: work()
    except: pass
"""
NESTED = """
def inner():
    while True:
        try: print("goes on", flush=True); sum(range(100_000))
        except: pass
while True:
    try: inner()
    except BaseException: pass
    finally: done = True
"""
WAITING = """
import time
while True:
    try: print("goes on", flush=True); time.sleep(0.05)
    except BaseException: continue
"""
IGNORED = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try: print("goes on", flush=True); sum(range(100_000))
    except: pass
"""
OWN_HANDLER = """
import signal
signal.signal(signal.SIGINT, lambda number, frame: None)
while True: print("goes on", flush=True); sum(range(100_000))
"""
TRAINING = """
import torch
w = torch.ones(3, requires_grad=True)
while True:
    try: print("goes on", flush=True); (w * w).sum().backward()
    except: w.grad = None
"""
ASKING = """
while True:
    try: print("goes on", flush=True); input()
    except: pass
"""
DESTROYED = """
class Loader:
    def __del__(self):
        try: sum(range(100_000))
        except: pass
while True:
    try: print("goes on", flush=True); Loader(); sum(range(100_000))
    except: pass
"""
LEFT = """
class Loader:
    def __del__(self):
        for _ in range(3):
            try: sum(range(10_000))
            except: pass
def work():
    loader = Loader()  # goes with the frame, once the exception is cleared
    print("goes on", flush=True)
    sum(range(100_000))
while True:
    try: work()
    except: pass
"""
BLOCKED = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
print("goes on", flush=True)
while True: sum(range(100_000))
"""
HEEDING = """
def saved():
    for _ in range(3): print("saved", flush=True)
try:
    print("goes on", flush=True)
    while True: pass
except KeyboardInterrupt:
    saved()
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="from 3.12 on Python looks for signals where such a program still catches them"
)
@pytest.mark.parametrize("text", [BARE, NESTED, WAITING, IGNORED, OWN_HANDLER, TRAINING, ASKING])
def test_a_program_that_catches_all_ends_when_it_is_stopped_again(engine: Client, text: str) -> None:
    begun = len(engine.events)
    engine.start(text)
    engine.wait(m.Output)
    engine.send(m.Interrupt())
    engine.wait(m.Interrupted)
    for _ in range(1 if text == ASKING else 3):
        engine.wait(m.Output, where=lambda event: "goes on" in event.text)
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted
    assert sum(isinstance(event, m.Finished) for event in engine.events[begun:]) == 1, "the first was caught"
    after = engine.run("import signal\nprint(signal.getsignal(signal.SIGINT) is not signal.SIG_IGN, 6 * 7)")
    assert printed(after) == "True 42\n" and isinstance(after[-1], m.Finished) and after[-1].error is None


def test_one_stop_leaves_a_program_the_time_to_save(engine: Client) -> None:
    engine.start(HEEDING)
    engine.wait(m.Output)
    begun = len(engine.events)
    engine.send(m.Interrupt())
    ended = engine.wait(m.Finished)
    assert ended.error is None and printed(engine.events[begun:]) == "saved\n" * 3


def test_one_stop_ends_a_program_that_blocks_the_signal(engine: Client) -> None:
    engine.start(BLOCKED)
    engine.wait(m.Output)
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="as above")
@pytest.mark.parametrize("text", [DESTROYED, LEFT])
def test_no_stop_is_lost_where_what_it_left_is_destroyed(engine: Client, text: str) -> None:
    begun = len(engine.events)
    engine.start(text)
    engine.wait(m.Output)
    for _ in range(2):
        engine.send(m.Interrupt())
        engine.wait(m.Interrupted)
    # The first one ends it where it comes between one `try` and the next.
    until(lambda: any(isinstance(event, m.Finished) for event in engine.events[begun:]), "it has ended")
    assert all(event.interrupted for event in engine.events[begun:] if isinstance(event, m.Finished))


CHILDREN = {
    "fork": "child = os.fork()\nif not child:\n    print('goes on', flush=True)\n    while True: time.sleep(60)",
    "multiprocessing": "task = multiprocessing.get_context('fork').Process(target=time.sleep, args=(60,))\n"
    "task.start()\nchild = task.pid\nprint('goes on', flush=True)",
    "another program": "child = subprocess.Popen(['sleep', '60']).pid\nprint('goes on', flush=True)",
}


@pytest.mark.parametrize("kind", CHILDREN)
def test_what_a_program_has_started_gets_the_stop_too(engine: Client, kind: str) -> None:
    engine.start(f"import multiprocessing, os, subprocess, time\n{CHILDREN[kind]}\nwhile True: time.sleep(60)")
    engine.wait(m.Output, where=lambda event: "goes on" in event.text)
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted
    child = int(printed(engine.run("print(child)")))
    until(lambda: not is_running(child), "it has ended, too")
