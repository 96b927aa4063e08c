"""Programs that do not compile, and others that fail by what is built in, as those of `failing_calls`."""

SYNTAX = r"""
(yield) += 1
async for i in x: pass
async with x: pass
def f():¶    await x
async def f():¶    yield from x
def f():¶    x = [(yield a) for a in b]
x = "\N{nothing}"
x = "\x1"
x = "\U99999999"
x = b"\x1"
def f(*a, *b): pass
def f(a, /, b, /): pass
def f(*, a, /): pass
def f(/, a): pass
match x:¶    case 1 | a: pass
def f():¶    a: int = 1¶    global a
def f(**k, a): pass
[a for a in (b := c)]
[i := 0 for i in x]
class A:¶    [x := 1 for a in b]
x = yield = 1
[await a for a in b]
match x:¶    case A(a=1, a=2): pass
b"é"
*a
(*a)
(**a)
{a: *b}
del f()
try:¶    pass¶except ValueError:¶    pass¶except* TypeError:¶    pass
b"a" "b"
match x:¶    case 1 as _: pass
(a.b := 1)
try:¶    pass¶except:¶    pass¶except ValueError:¶    pass
{**a for a in b}
[x, y for x, y in z]
def f(a=): pass
try:¶    pass¶except*:¶    pass
f(1=2)
{a:, b: c}
f"{#}"
f"{\n}"
f"{(a}"
f"{}"
f"{"
f"{!r}"
f"{a:{b:{c}}}"
f"{a!x}"
f"{*}"
f"{a b}"
f"}"
f"{a)}"
f"{a['b]}"
x = 1¶from __future__ import annotations
def f((a, b)): pass
f(x for x in y, 1)
f() : int
match x:¶    case 1 + 2: pass
def f():¶    from math import *
x = 0b
x = 0b12
x = 0o9
x = 0o
x = 0xg
x = 5jj
f(**{}, *[])
[*a for a in b]
lambda (a): 1
match x:¶    case {"a": 1, "a": 2}: pass
match x:¶    case (a, a): pass
try:¶    pass¶except ValueError, TypeError:¶    pass
a, *b, *c = d
match x:¶    case [*a, *b]: pass
def f():¶    a = 1¶    global a
global a, b¶nonlocal a
def f(a):¶    global a
def f():¶    print(a)¶    global a
match x:¶    case a: pass¶    case b: pass
def f(*): pass
def f():¶    nonlocal a
def f(a=1, b): pass
(a, b): int = 1, 2
f(**a, b)
match x:¶    case A(a=1, 2): pass
*a = b
from a import b,
def f(**k=1): pass
def f(*a=1): pass
match x:¶    case _: pass¶    case 1: pass
f"{x}" = 2
(a for a in b) = 1
[a for a in b] = 1
{a for a in b} = 1
{a: b for a in b} = 1
{a: 1} = 1
{1, 2} = 1
(lambda: 1) = 2
(a := 1) = 2
... = 3
del *a
(a, b) += 1
[a] += 1
(a[0] := 1)
del (a + b)
del (a if b else c)
del 1
del (a < b)
"""

BUILTIN = r"""
raise 5
try:¶    1 / 0¶except 5: pass
import sys; sys.setrecursionlimit(-1)
float(10 ** 5000)
bytes(-1)
isinstance(5, "a")
issubclass(5, int)
getattr(x, 5)
super().foo
type(1, 2)
match x:¶    case torch.Tensor(a, b): pass
del x[0]
del (1, 2)[0]
memoryview(5)
b"a b".split(" ")
slice(1, 2, 3, 4)
max()
[1].append()
x.item(3)
setattr(5)
class N(5): pass
object(5)
enumerate()
import math; math.isclose(1)
def f(a, /): pass¶f(a=1)
vars(5)
reversed(5)
open(5.5)
import os; os.path.join("a", 5)
abs("a")
round("a")
sum([], "a")
max([])
dict(x)
dict([5])
print("loss: %d" % "a")
"{:d}".format(1.5)
"{0} {1}".format(1)
"%s %s" % 1
"{:.}".format(1.5)
"{:5.2.3f}".format(1.5)
"{a".format(a=1)
"{".format(1)
x[0.5:2]
class A:¶    def __len__(self): return -2¶len(A())
class A:¶    def __str__(self): return 5¶str(A())
class A:¶    def __init__(self): return 1¶A()
class A:¶    @property¶    def a(self): return 1¶A().a = 5
from abc import ABC, abstractmethod¶class A(ABC):¶    @abstractmethod¶    def f(self): pass¶A()
from abc import ABC, abstractmethod¶class A(ABC):¶    @abstractmethod¶    def f(self): pass¶    g = f¶A()
class N(nn.Module, nn.Linear): pass
[1, 2, 3][5] = 1
[1, 2].pop(9)
[1, 2].remove(5)
[1, 2].index(5)
(1, 2).index(5)
range(1, 2, 0)
list(zip([1], [1, 2], strict=True))
list(zip([1, 2], [1], strict=True))
"a".split("")
"abc".index("z")
"a".join(5)
"a".encode("nothing")
"é".encode("ascii")
b"\xff".decode()
b"a" + "a"
"a" in 5
5 in "abc"
chr(-1)
ord("ab")
ord(5)
0 ** -1
import math; math.exp(1000)
2.0 ** 100000
import math; math.factorial(-1)
int(float("nan"))
int(float("inf"))
int("9" * 5000)
import random; random.choice([])
import random; random.sample([1, 2], 5)
import random; random.sample({1, 2}, 1)
import random; random.randint(5, 2)
import random; random.randint(0.5, 2)
import random; random.choices([1, 2], weights=[1])
import time; time.sleep(-1)
import json; json.dumps(x)
import json; json.loads(5)
open("/", "w")
import os; os.mkdir("/")
open("m.pt/a")
import os; os.rename("nothing", "b")
open("nothing.txt", "z")
open("notnpy.npy").write("a")
open("new.txt", "w").read()
f = open("notnpy.npy"); f.close(); f.read()
open("new.txt", "w").write(5)
import subprocess; subprocess.run("false", check=True)
import zipfile; zipfile.ZipFile("notnpy.npy")
import urllib.request; urllib.request.urlopen("nothing")
import dataclasses¶@dataclasses.dataclass¶class C:¶    b: list = []
import dataclasses¶@dataclasses.dataclass¶class C:¶    a: int = 1¶    b: int
import dataclasses¶@dataclasses.dataclass(frozen=True)¶class C:¶    a: int¶C(1).a = 5
import enum¶class E(enum.Enum): A = 1¶E(5)
import collections; collections.deque().pop()
{}.popitem()
set().pop()
import functools; functools.reduce(max, [])
import re; re.compile("(")
import re; re.match("a", 5)
import datetime; datetime.date(2020, 13, 1)
import datetime; datetime.date(2020, 2, 31)
import statistics; statistics.mean([])
import asyncio; asyncio.run(5)
import threading; threading.Thread().join()
import ast; ast.literal_eval("x")
import base64; base64.b64decode("a")
import struct; struct.unpack("i", b"a")
from . import utils
import os; os.environ["A"] = 5
"""
