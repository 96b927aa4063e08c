"""What a program makes of its interpreter is over with its run: the next one finds Python as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from tests.engine.client import Client, of_kind, printed, results

GOOD = """import torch, json, os, sys, time
weight = torch.arange(6.).reshape(2, 3).requires_grad_()
loss = (weight * 2).sum()
loss.backward()
print(len(json.dumps([1, 2])), "here")
print("there", file=sys.stderr)
total = sum(range(5))
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client(bare=True) as client:
        yield client


def is_as_ever(engine: Client) -> None:
    """A good program runs, prints, shows its lines, its graph and its variables."""
    events = engine.run(GOOD)
    assert events[-1].error is None, events[-1].error
    assert not of_kind(events, m.Failed)
    assert printed(events) == "6 here\n"
    assert printed(events, "stderr") == "there\n"
    assert results(events)[7] == "10"
    assert of_kind(events, m.GraphShown)[-1].graph.nodes
    rows = {row.name: row for row in engine.ask(m.AskVariables()).rows}
    assert rows["weight"].summary.shape == (2, 3) and rows["weight"].summary.maximum == 5
    assert rows["weight"].grad.maximum == 2
    assert engine.ask(m.AskText(key=VariableKey("weight"))).text == "[[0.0, 1.0, 2.0],\n [3.0, 4.0, 5.0]]"


CHANGES = {
    "no excepthook": "import sys\nsys.excepthook = None",
    "no displayhook": "import sys\nsys.displayhook = None",
    "no unraisablehook": "import sys\nsys.unraisablehook = None",
    "no hook of threads": "import threading\nthreading.excepthook = None",
    "no showwarning": "import warnings\nwarnings.showwarning = None\nwarnings.warn('x')",
    "no filters of warnings": "import warnings\nwarnings.filters = None",
    "every warning an error": "import warnings\nwarnings.simplefilter('error')",
    "del len": "import builtins\ndel builtins.len",
    "no print": "import builtins\nbuiltins.print = None",
    "no isinstance": "import builtins\nbuiltins.isinstance = None",
    "no getattr": "import builtins\nbuiltins.getattr = None",
    "no next": "import builtins\nbuiltins.next = None",
    "no open": "import builtins\nbuiltins.open = None",
    "no import": "import builtins\nbuiltins.__import__ = None",
    "no id": "import builtins\nbuiltins.id = None",
    "no tuple": "import builtins\nbuiltins.tuple = builtins.list = builtins.dict = builtins.str = None",
    "no classes": "import builtins\nbuiltins.__build_class__ = None",
    "no exceptions": "import builtins\nbuiltins.Exception = builtins.BaseException = builtins.KeyboardInterrupt = int",
    "no builtins at all": "import builtins\nvars(builtins).clear()",
    "a closed stdout": "import sys\nsys.stdout.close()\nsys.stderr.close()",
    "a redirected stdout": "import io, sys\nsys.stdout = sys.stderr = sys.__stdout__ = io.StringIO()",
    "no stdout": "import sys\nsys.stdout = sys.stderr = sys.stdin = None",
    "deleted streams": "import sys\ndel sys.stdout, sys.stderr, sys.stdin, sys.__stdout__",
    "a stdout that raises": "import sys\nclass Broken:\n    def write(self, text): raise OSError('no')\n"
    "    closed = property(lambda self: 1 / 0)\nsys.stdout = sys.stderr = Broken()",
    "descriptors redirected": "import os\nnull = os.open(os.devnull, os.O_RDWR)\nfor i in range(3): os.dup2(null, i)",
    "descriptors closed": "import os\nos.closerange(0, 30)",
    "a trace function that raises": "import sys\nsys.settrace(lambda *_: 1 / 0)\nx = 1",
    "a profile function that sleeps": "import sys, time\nsys.setprofile(lambda *_: time.sleep(0.01))\nx = 1",
    "no depth": "import sys\nsys.setrecursionlimit(50)",
    "no switches of threads": "import sys\nsys.setswitchinterval(100)",
    "no path": "import sys\nsys.path.clear()\nsys.meta_path.clear()\nsys.path_hooks.clear()",
    "no modules": "import sys\nsys.modules.clear()",
    "no torch": "import sys\ndel sys.modules['torch'], sys.modules['json'], sys.modules['threading']",
    "no folder": "import os, tempfile\nhere = os.getcwd()\nos.chdir(tempfile.mkdtemp())\nos.rmdir(os.getcwd())",
    "back again": "os.chdir(here)",
    "no environment": "import os\nkept = dict(os.environ)\nos.environ.clear()",
    "an environment again": "os.environ.update(kept)",
    "no os": "import os\nos.write = os.read = os.getpid = os.path = os.fspath = os.getcwd = None",
    "no threads": "import threading\nthreading.Thread = threading.Event = threading.Condition = threading.Lock = None\n"
    "threading.get_ident = threading.main_thread = threading.RLock = None",
    "no time": "import time\ntime.perf_counter = time.monotonic = time.sleep = time.time = None",
    "time that stands": "import time\ntime.perf_counter = time.monotonic = time.time = lambda: 0\n"
    "time.sleep = lambda s: None",
    "no signals": "import signal\nsignal.signal = signal.getsignal = signal.pthread_kill = None",
    "SIGINT ignored": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
    "SIGINT fatal": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\n"
    "signal.signal(signal.SIGURG, signal.SIG_DFL)",
    "SIGINT blocked": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGURG})",
    "an alarm": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 1000)",
    "an alarm that raises": "import signal\ndef late(*_): raise RuntimeError('late')\n"
    "signal.signal(signal.SIGALRM, late)\nsignal.setitimer(signal.ITIMER_REAL, 1000, 0.01)",
    "no linecache": "import linecache\nlinecache.getlines = linecache.cache = linecache.getline = None",
    "no ast": "import ast, inspect, json\nfor module in (ast, inspect, json):\n    for name in list(vars(module)):\n"
    "        if name[0] != '_': setattr(module, name, None)",
    "no tracebacks": "import traceback, contextlib, functools, reprlib, difflib, io, queue, select, tempfile\n"
    "for module in (traceback, contextlib, functools, reprlib, difflib, io, queue, select, tempfile):\n"
    "    for name in list(vars(module)):\n        if name[0] != '_': setattr(module, name, None)",
    "no collection": "import gc\ngc.disable()\ngc.freeze()\ngc.set_threshold(0)\ngc.collect = None",
    "no faulthandler": "import faulthandler\nfaulthandler.disable()",
    "another locale": "import locale\nlocale.setlocale(locale.LC_ALL, 'C')",
    "cleared globals": "globals().clear()",
    "keys that are no strings": "globals()[3] = 1\nglobals()[(1, 2)] = 2\nglobals()[None] = 3",
    "rid of them": "del globals()[3], globals()[(1, 2)], globals()[None]",
    "no main": "import sys\nsys.modules['__main__'] = None",
    "meta tensors": "import torch\ntorch.set_default_device('meta')\nx = torch.ones(2, 3)",
    "no meta tensors": "torch.set_default_device(None)",
    "small numbers": "import torch\ntorch.set_default_dtype(torch.float16)\nx = torch.ones(2)",
    "usual numbers": "torch.set_default_dtype(torch.float32)",
    "no gradients": "import torch\ntorch.set_grad_enabled(False)\nx = torch.ones(2)",
    "gradients": "torch.set_grad_enabled(True)",
    "inference mode": "import torch\nmode = torch.inference_mode()\nmode.__enter__()\nx = torch.ones(2)",
    "out of inference mode": "mode.__exit__(None, None, None)",
    "deterministic": "import torch\ntorch.use_deterministic_algorithms(True)",
    "autocast": "import torch\ncast = torch.autocast('cpu')\ncast.__enter__()\nx = torch.ones(2, 2) @ torch.ones(2, 2)",
    "out of autocast": "cast.__exit__(None, None, None)",
    "one thread": "import torch\ntorch.set_num_threads(1)",
    "an exit function that raises": "import atexit\natexit.register(lambda: 1 / 0)",
    "exit in a thread": "import threading\nt = threading.Thread(target=exit)\nt.start(); t.join()",
    "a finalizer that raises": "class Last:\n    def __del__(self): 1 / 0\nlast = Last()\ndel last",
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_next_run_finds_python_as_it_was(engine: Client, change: str) -> None:
    finished = engine.run(CHANGES[change])[-1]
    assert isinstance(finished, m.Finished)
    assert finished.error is None or "defect" not in finished.error.sentence
    if "alarm" in change:
        assert results(engine.run("import signal\nsignal.getitimer(signal.ITIMER_REAL)"))[2] == "(0, 0)"
    if not change.startswith(("no folder", "meta", "small", "no gradients", "inference", "autocast", "keys")):
        is_as_ever(engine)


PATCHES = {
    "shape": "torch.Tensor.shape = property(lambda self: 1 / 0)",
    "functions": "torch.isfinite = torch.mean = torch.aminmax = torch.std = torch.linalg.vector_norm = None",
    "methods": "for name in ('norm', 'detach', '__repr__', 'numel', 'dim', 'item', 'tolist', 'numpy', '__len__'):\n"
    "    setattr(torch.Tensor, name, None)",
    "modules": "torch.nn.Module.parameters = lambda self: 1 / 0",
    "every getter and method of a tensor": """for name in vars(torch._C.TensorBase):
    if not name.startswith('__') and name not in ('backward', 'sum', 'mul', 'requires_grad_', 'is_nested'):
        setattr(torch.Tensor, name, property(lambda self: 1 / 0))""",
}


@pytest.mark.parametrize("patch", PATCHES)
def test_what_a_program_patches_in_torch_is_in_force_for_itself_alone(engine: Client, patch: str) -> None:
    before = """import torch
kept = dict(vars(torch)), dict(vars(torch.Tensor)), torch.nn.Module.parameters, torch.linalg.vector_norm
net = torch.nn.Linear(2, 3)
weight = torch.nn.Parameter(torch.arange(6.).reshape(2, 3))
(weight * 2).sum().backward()
def is_patched():
    return (vars(torch.Tensor) != kept[1] or vars(torch) != kept[0]
        or torch.nn.Module.parameters is not kept[2] or torch.linalg.vector_norm is not kept[3])
"""
    assert engine.run(before)[-1].error is None
    engine.run(PATCHES[patch])
    events = engine.run("loss = (weight * 2).sum()\nis_patched()")
    assert events[-1].error is None, events[-1].error
    assert results(events) == {1: "30.000", 2: "True"}
    nodes = of_kind(events, m.GraphShown)[-1].graph.nodes
    assert [node.name for node in nodes] == ["SumBackward0", "MulBackward0", "AccumulateGrad"]
    assert [node.variable for node in nodes] == ["loss", "", "weight"]
    engine.start("import time\nwhile True: time.sleep(0.01)")
    engine.wait(m.StatementRunning)
    for _ in range(2):  # while a program runs, and after
        found = {row.name: row for row in engine.ask(m.AskVariables()).rows}
        assert found["weight"].summary.maximum == 5 and found["weight"].grad.maximum == 2
        assert found["net"].n_parameters == 9
        assert engine.ask(m.AskDetails(key=VariableKey("weight"))).details.summary.mean == 2.5
        assert engine.ask(m.AskRectangle(key=VariableKey("weight"))).rectangle.grid.array().shape == (2, 3)
        engine.send(m.Interrupt())
        engine.wait(m.Finished)
        engine.start("")
    engine.wait(m.Finished)
    assert engine.run(BACK)[-1].error is None
    is_as_ever(engine)


BACK = """
for name in vars(torch.Tensor).keys() - kept[1].keys(): delattr(torch.Tensor, name)
for name, value in kept[1].items():
    if vars(torch.Tensor).get(name) is not value: setattr(torch.Tensor, name, value)
for name, value in kept[0].items(): setattr(torch, name, value)
torch.nn.Module.parameters, torch.linalg.vector_norm = kept[2:]
del kept
"""


MODES = """import torch
from torch.overrides import TorchFunctionMode, _get_current_function_mode_stack as function_modes
from torch.utils._python_dispatch import TorchDispatchMode, _get_current_dispatch_mode_stack as dispatch_modes
class Above(TorchFunctionMode):
    seen = 0
    def __torch_function__(self, func, types, args=(), kwargs=None):
        Above.seen += 1
        return func(*args, **(kwargs or {}))
class Below(TorchDispatchMode):
    seen = 0
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        Below.seen += 1
        return func(*args, **(kwargs or {}))
above, below = Above(), Below()
"""
PASS = """Above.seen = Below.seen = 0
w = torch.ones(2, requires_grad=True)
loss = (w * 2).sum()
loss.backward()
Above.seen > 0, Below.seen > 0, len(function_modes()), len(dispatch_modes())
"""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", "(False, False, 1, 0)"),
        ("above.__enter__(); below.__enter__()", "(True, True, 2, 1)"),
        ("", "(True, True, 2, 1)"),
        ("", "(True, True, 2, 1)"),
        ("above.__exit__(None, None, None); below.__exit__(None, None, None)", "(False, False, 1, 0)"),
        ("torch.set_default_device('cpu')", "(False, False, 2, 0)"),
        ("torch.set_default_device(None)", "(False, False, 1, 0)"),
        ("", "(False, False, 1, 0)"),
    ],
)
def test_a_mode_that_a_program_leaves_entered_stays_in_force_until_it_is_left(
    engine: Client, before: str, expected: str
) -> None:
    if "above" not in rows_of(engine):
        engine.run(MODES)
    events = engine.run(f"{before}\n{PASS}")
    assert events[-1].error is None, events[-1].error
    assert results(events)[6] == expected
    nodes = of_kind(events, m.GraphShown)[-1].graph.nodes
    assert [node.name for node in nodes] == ["SumBackward0", "MulBackward0", "AccumulateGrad"]


def rows_of(engine: Client) -> set[str]:
    return {row.name for row in engine.ask(m.AskVariables()).rows}


BREAKING = {
    "builtins": "builtins.isinstance = builtins.next = builtins.getattr = builtins.len = None",
    "exceptions": "builtins.KeyboardInterrupt = builtins.Exception = int",
    "threads": "threading.Thread = threading.get_ident = threading.Event = None",
    "time": "time.sleep = time.monotonic = time.perf_counter = None",
    "descriptors": "os.write = os.read = os.getpid = None",
    "library": "contextlib.contextmanager = inspect.getattr_static = dataclasses.fields = functools.partial = None",
}


@pytest.mark.parametrize("what", BREAKING)
def test_requests_are_answered_while_a_program_runs_that_broke_python(engine: Client, what: str) -> None:
    modules = "import builtins, contextlib, dataclasses, functools, inspect, os, threading, time, torch\n"
    engine.start(f"{modules}x = torch.ones(3)\n{BREAKING[what]}\nwhile True: pass")
    engine.wait(m.StatementRunning, where=lambda event: event.line == 4)
    assert "x" in rows_of(engine)
    assert engine.ask(m.AskDetails(key=VariableKey("x"))).details.summary.shape == (3,)
    assert isinstance(engine.ask(m.AskCompletions(text="x.", line=1, column=2)), m.Completions)
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted
    is_as_ever(engine)


def test_an_exit_function_that_hangs_does_not_hold_the_engine() -> None:
    with Client() as engine:
        engine.run("import atexit, time\natexit.register(time.sleep, 100)")
    assert engine.process.wait(0) is not None
