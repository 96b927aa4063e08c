"""What is pasted from notebooks and terminals is told apart from Python that is wrong, on the line where it is."""

from __future__ import annotations

import pytest

from engine.program.sentences.explain import explain_syntax


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("x = 1\n%matplotlib inline", "“%matplotlib” on line 2 is a command of Jupyter, not Python: take it out.", 2),
        ("%%time\nx = 1", "“%%time” on line 1 is a command of Jupyter, not Python: take it out.", 1),
        ("!pip install torch", "“!pip” on line 1 is a command of Jupyter, not Python: take it out.", 1),
        ("x = 1\nx.sum??", "“x.sum??” on line 2 is a command of Jupyter, not Python: take it out.", 2),
        (">>> x = 1", "“>>>” on line 1 is a prompt, not Python: take it out.", 1),
        ("$ python a.py", "“$” on line 1 is a prompt, not Python: take it out.", 1),
        ("y = 3 % \n", "Invalid syntax (line 1).", 1),
        ("a !b", "Invalid syntax (line 1).", 1),
        ("s = 'a\u2028b\x0cc\x85'\nx = = 2", "Invalid syntax (line 2).", 2),
    ],
)
def test_a_line_that_is_no_python_is_named(text: str, words: str, line: int) -> None:
    with pytest.raises(SyntaxError) as caught:
        compile(text, "program.py", "exec")
    error = explain_syntax(caught.value, "program.py", text)
    assert error.said.text == words and error.place is not None
    assert (error.place.line, error.place.text in text.split("\n")[line - 1]) == (line, True)
