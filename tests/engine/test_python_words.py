"""What Python says of everyday mistakes is known as words that a language can have."""

from __future__ import annotations

from engine.program.sentences.python_words import PATTERNS, in_words
from engine.protocol.sentence import Sentence

# Each a text that fails in its own way, so that every template is one that Python has.
FAILING = r"""
x = = 2
f(a b)
if x = 2: pass
f() = 3
None = 3
y = (1
y = 1)
y = (1]
if x¶    y = 1
y =␣1
y = 1 if x
try: pass;x = 1
if x:¶y = 1
¶ y = 1
if 1:¶    x = 1¶  y = 1
if 1:¶	x = 1¶        y = 1
s = 'open
s = '''open
y = \ 1
y = “a”
y = 1 + 2
y = 1_a
y = 012
return 1
break
continue
print 'a'
f(a=1, 2)
f(a=1, a=2)
def f(a, a): pass
y = {1: 2, 3}
nonlocal x
from __future__ import nothing
x == 1 = 2
1 = 2
a + 1 = 2
if a.b = 1: pass
if a[0] = 1: pass
(a if b else c) = 1
f'{a}' = 1
nobody
[].nothing
class K: pass¶K.nothing
import math¶math.nothing
import nowhere_at_all
from math import nothing
def f():¶    x¶    x = 1¶f()
1 + 'a'
1 < 'a'
-'a'
'a' + 1
(1)(2)
list(1)
(1)[0]
'a'[0] = 1
len(1)
a, b = 1
a, b = 1, 2, 3
a, b = [1]
def f(x): pass¶f(y=1)
def f(x): pass¶f()
def f(x): pass¶f(1, 2)
[][0]
[][0.5]
float('ä')
int('1.5')
float([])
int([])
1 / 0
import math¶math.log(-1)
def f(): f()¶f()
[] ** 2
def f(x, y): pass¶f()
def f(*, x): pass¶f()
def f(x, y=1): pass¶f(1, 2, 3)
def f(x): pass¶f(1, x=1)
range('a')
next([])
with open: pass
'a' % 1
f'{[]:.2f}'
{[]: 1}
[] * 1.5
'a'['b']
','.join([1])
[].pop()
d = {1: 1}¶for k in d: d[k + 1] = 1
import pickle¶pickle.dumps(lambda: 1)
import pickle¶def f():¶    class K: pass¶    return K()¶pickle.dumps(f())
"""


def test_each_of_pythons_everyday_sentences_is_known_as_words() -> None:
    told = {}
    for line in FAILING.strip().split("\n"):
        text = line.replace("¶", "\n").replace("␣", "\N{NO-BREAK SPACE}").lstrip("\n")
        try:
            exec(compile(text, "<program>", "exec"), {})
        except SyntaxError as error:
            said = error.msg[:1].upper() + error.msg[1:]
        except Exception as error:
            said = str(error)
        words = in_words(said)
        assert isinstance(words, Sentence), (line, said)
        assert words.text.split()[:2] == said.split()[:2] or said.endswith(("by zero", "'list')")), (words.text, said)
        told |= {each.code: said for each in (words, *words.arguments.values()) if isinstance(each, Sentence)}
    assert set(PATTERNS) - told.keys() == set()
    assert in_words("mat1 and mat2 shapes cannot be multiplied") == "mat1 and mat2 shapes cannot be multiplied"
    assert in_words("name 'x' is not defined" * 100) == "name 'x' is not defined" * 100
