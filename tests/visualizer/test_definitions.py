"""Where a name, a member and a parameter are made is found in the text alone: ¦ is the cursor, § where it leads."""

from __future__ import annotations

import pytest

from visualizer.backprop.program.definitions import definition
from visualizer.backprop.program.names import Names

CASES = {
    "function": "def §f():\n    pass\n¦f()\n",
    "class": "class §A:\n    pass\na = ¦A()\n",
    "method via self": "class A:\n    def §g(self):\n        pass\n    def h(self):\n        self.¦g()\n",
    "attr via self": "class A:\n    def __init__(self):\n        self.§x = 1\n    def h(self):\n"
    "        return self.¦x\n",
    "method of object": "class A:\n    def §g(self): pass\na = A()\na.¦g()\n",
    "method of annotated": "class A:\n    def §g(self): pass\ndef f(a: A):\n    a.¦g()\n",
    "method of optional annotated": "class A:\n    def §g(self): pass\ndef f(a: A | None):\n    a.¦g()\n",
    "method of list element": "class A:\n    def §g(self): pass\nfor a in [A(), A()]:\n    a.¦g()\n",
    "method via attr": "class A:\n    def §g(self): pass\nclass B:\n    def __init__(self):\n"
    "        self.a = A()\n    def h(self):\n        self.a.¦g()\n",
    "attr of attr from outside": "class A:\n    def __init__(self):\n        self.§w = 1\nclass B:\n"
    "    def __init__(self):\n        self.a = A()\nb = B()\nb.a.¦w\n",
    "inherited": "class A:\n    def §g(self): pass\nclass B(A):\n    def h(self):\n        self.¦g()\n",
    "super": "class A:\n    def §g(self): pass\nclass B(A):\n    def g(self):\n        super().¦g()\n",
    "parameter": "def f(§x):\n    return ¦x\n",
    "kw of call": "def f(§x=1):\n    return x\nf(¦x=2)\n",
    "kw of init": "class A:\n    def __init__(self, §n):\n        self.n = n\nA(¦n=2)\n",
    "comprehension": "xs = [1]\nys = [¦x for §x in xs]\n",
    "nested comprehension": "ys = [y for §x in [[1]] for y in ¦x]\n",
    "lambda": "f = lambda §x: ¦x + 1\n",
    "global": "§n = 0\ndef f():\n    global n\n    return ¦n\n",
    "global assigned": "n = 0\ndef f():\n    global n\n    §n = 1\n    return ¦n\n",
    "nonlocal": "def f():\n    §n = 0\n    def g():\n        nonlocal n\n        return ¦n\n    return g\n",
    "import": "import §torch\n¦torch.ones(2)\n",
    "import as": "import numpy as §np\n¦np.ones(2)\n",
    "from import": "from torch import §nn\n¦nn.Linear(1, 2)\n",
    "from import as": "from torch.nn import functional as §F\n¦F.relu\n",
    "for": "for §i in range(3):\n    print(¦i)\n",
    "with": "with open('a') as §f:\n    ¦f.read()\n",
    "except": "try:\n    pass\nexcept ValueError as §e:\n    print(¦e)\n",
    "walrus": "if (§n := 3) > 2:\n    print(¦n)\n",
    "tuple": "a, §b = 1, 2\nprint(¦b)\n",
    "star": "a, *§b = 1, 2\nprint(¦b)\n",
    "augmented": "§n = 0\nn2 = 1\nn2 += ¦n\n",
    "decorator": "def §d(f): return f\n@¦d\ndef g(): pass\n",
    "annotation": "class §A: pass\nx: ¦A = A()\n",
    "quoted annotation": "class §A: pass\ndef f(x: '¦A'): pass\n",
    "fstring": "§n = 1\nprint(f'{¦n}')\n",
    "match capture": "match 1:\n    case §n:\n        print(¦n)\n",
    "class attr": "class A:\n    §k = 1\n    def f(self):\n        return self.¦k\n",
    "class attr via class": "class A:\n    §k = 1\nA.¦k\n",
    "module alias": "class §A: pass\nB = A\nb = ¦A()\n",
    "alias of class method": "class A:\n    def §g(self): pass\nB = A\nb = B()\nb.¦g()\n",
    "property": "class A:\n    @property\n    def §p(self): return 1\nA().¦p\n",
    "dataclass field": "from dataclasses import dataclass\n@dataclass\nclass A:\n    §n: int = 1\na = A()\na.¦n\n",
    "forward use": "def f():\n    return ¦g()\ndef §g(): return 1\n",
    "async": "async def §f(): pass\nasync def g():\n    await ¦f()\n",
    "method of with as": "class A:\n    def §g(self): pass\n    def __enter__(self): return self\nwith A() as a:\n"
    "    a.¦g()\n",
    "self in nested function": "class A:\n    def §g(self): pass\n    def h(self):\n        def inner():\n"
    "            self.¦g()\n",
    "returned by function": "class A:\n    def §g(self): pass\ndef make():\n    return A()\na = make()\na.¦g()\n",
    "annotated return": "class A:\n    def §g(self): pass\ndef make() -> A:\n    ...\na = make()\na.¦g()\n",
    "annotated variable": "class A:\n    def §g(self): pass\na: A = get()\na.¦g()\n",
    "walrus object": "class A:\n    def §g(self): pass\nif a := A():\n    a.¦g()\n",
    "forward of called object": "class A:\n    def §forward(self, x): return x\na = A()\na.¦forward(1)\n",
    "chained": "class A:\n    def f(self): return self\n    def §g(self): pass\nA().f().¦g()\n",
    "tuple unpack objects": "class A:\n    def §g(self): pass\na, b = A(), A()\nb.¦g()\n",
}


def _place(text: str, position: int) -> tuple[int, int]:
    return text[:position].count("\n") + 1, position - (text.rfind("\n", 0, position) + 1)


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_a_definition_is_gone_to(marked: str) -> None:
    text = marked.replace("§", "").replace("¦", "")
    line, column = _place(text, marked.replace("§", "").index("¦"))
    found = Names(text).definition(line, column) or definition(text, line, column)
    assert found is not None
    assert (found.line, found.column) == _place(text, marked.replace("¦", "").index("§"))


@pytest.mark.parametrize(
    "marked",
    [
        "class A:\n    def g(self): pass\nclass B:\n    def g(self): pass\n"
        "def make(n):\n    if n:\n        return A()\n    return B()\nmake(1).¦g()\n",
        "class A:\n    def g(self): pass\ndef f(a: A | int):\n    a.¦g()\n",
        "class A:\n    def g(self): pass\ndef make():\n    yield A()\nmake().¦g()\n",
        "class A:\n    def g(self): pass\na, *b = A(), A()\nb.¦g()\n",
    ],
    ids=("two classes", "one of two", "a generator", "a list"),
)
def test_what_may_be_several_leads_nowhere(marked: str) -> None:
    text = marked.replace("¦", "")
    line, column = _place(text, marked.index("¦"))
    assert definition(text, line, column) is None
