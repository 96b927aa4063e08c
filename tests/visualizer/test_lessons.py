"""Lessons: files that a teacher writes, and a reader beside the panels that runs, asks and remembers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.config import PRESETS
from engine.runs.typed_numbers import why_no_number
from engine.shared.language import tr
from tests.visualizer.test_accessibility import announced
from tests.visualizer.window import main_window, until, wait_ready
from tests.written_lesson import example_of
from visualizer.app.actions import TABLE
from visualizer.app.examples import TWO_LAYERS
from visualizer.app.lesson_shows import _field_leads
from visualizer.app.main_window import MainWindow
from visualizer.backprop.graph.color_by import CATEGORY
from visualizer.backprop.large_panel import MIDDLE
from visualizer.lessons.blocks import ExerciseBlock, GuessBlock
from visualizer.lessons.book import LANGUAGES, SHIPPED, read_lessons
from visualizer.lessons.outline import MARKS
from visualizer.lessons.parser import parse
from visualizer.lessons.parts import COMMANDS, Exercise, Fault, Formulas, Guess, Program, Show, Text, cell_of
from visualizer.lessons.progress import Progress
from visualizer.lessons.prose import Code, Prose
from visualizer.lessons.reader import LessonReader
from visualizer.look import focus_ring, theme
from visualizer.look.focus_ring import FocusRing
from visualizer.look.mathematics.formula_process import typeset
from visualizer.look.mathematics.formula_view import FormulaView
from visualizer.look.spoken import use_language
from visualizer.pretraining.form.field_table import SPECS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window
PANELS = {
    "program",
    "variables",
    "outline",
    "health",
    "console",
    "inspector",
    "queue",
    "breakpoints",
    "predict",
    "timeline",
}
_READ = 44  # letters of a line of code that the reader shows
LESSON = """# Sums
About sums.

## One
Look at [x](variable:x).
```python
x = 1  ## no page
```
```show
variable x
panel variables
```
```guess
What is x?
= x
Because.
```
## Two
```task
Make `y`, which is 2.
```
```check
assert y == 2, "It is another."
```
```hint
One and one.
```
```solution
y = 2
```
```text
only read
```
"""


def test_a_lesson_is_read_as_it_is_written() -> None:
    lesson = parse(LESSON, "sums", Path("sums.md"))
    assert (lesson.title, lesson.about, [page.title for page in lesson.pages]) == (
        "Sums",
        "About sums.",
        ["One", "Two"],
    )
    one, two = lesson.pages
    assert one.program == Program("x = 1  ## no page")
    assert one.shown == (("variable", "x"), ("panel", "variables"))
    assert one.blocks[-1] == Guess("What is x?", "x", "Because.")
    assert two.blocks[0] == Exercise(
        "Make `y`, which is 2.", 'assert y == 2, "It is another."', ("One and one.",), "y = 2"
    )
    assert two.blocks[1] == Text("```text\nonly read\n```")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("no lesson", "t.md is no lesson: it needs a line “# Title”"),
        ("# T\n## P\n```guess\nWhat?\n```\n", "line 3, page “P”: a guess has no line “= expression”."),
        ("# T\n## P\n\n```show\nvariables x\n```\n", "line 5, page “P”: “variables x” shows nothing."),
        (
            "# T\n## P\n```python\n1\n```\n```task\nDo.\n```\n",
            "line 6, page “P”: an exercise needs a task and a check.",
        ),
        ("# T\n## P\n```python\n1\n```\n```python\n1\n```\n", "line 6, page “P”: it has two programs."),
        ("# T\n## P\n```taks\nDo.\n```\n", "line 3, page “P”: “taks” is no mark; “task” is one."),
        ("# T\n## P\n```quiz\nDo.\n```\n", "t.md, line 3, page “P”: “quiz” is no mark; “text” is one."),
        ("# T\n## P\n```Check\n1\n```\n", "line 3, page “P”: “Check” is no mark; “check” is one."),
        ("# T\n## P\n- Do:\n  ```task\n  Do.\n  ```\n", "t.md, line 4: “```task” must begin at the start of its line."),
        ("# T\n## P\n```python stp\n1\n```\n", "line 3, page “P”: “python stp” is no mark; “python step” is one."),
        ("# T\n## O\n## P\n" + "word\n\n" * 8_000, "line 3, page “P”: it has more than 32 kB of text."),
        ("# T\n## P\n```python\nx = 1\n## Q\n", "line 3: the block that begins with “```python” is never closed."),
        (
            "# T\n## P\n```hint\n```text\nb\n```\n```check",
            "line 7: the block that begins with “```check” is never closed.",
        ),
        ("# T\n## \nx\n## Q\n", "t.md, line 2: a title is missing."),
        ("# T\n## P\n```text\n## \n```\n\n##\n", "t.md, line 7: a title is missing."),
        ("about\n# T\n## P\n", "t.md, line 1: nothing can stand before the title."),
        ("---\nauthor: me\n\n# T\n## P\n", "t.md, line 1: nothing can stand before the title."),
        (
            "---\nauthor: me\n---\n# T\n## P\n```task\nDo.\n```\n```check\ny = 1\nassert y ==\n```\n",
            "t.md, line 11, page “P”: this is no Python: invalid syntax.",
        ),
        ("# T\n## P\n##Q\n", "t.md, line 3: “##Q” begins no page: a space belongs after “##”."),
        ("# T\n## P\n# Q\n## R\n", "t.md, line 3: this is a second title; a page begins with “## Q”."),
        ("# T\n## P\n## Q\nx\n## P\n", "t.md, line 5: the page of line 2 is called “P”, too."),
        (
            "# T\n## P\n```python\nx\n## Q\n```guess\n```\n",
            "line 3: the block that begins with “```python” is never closed.",
        ),
        ("# T\n## P\n```guess\n?\n= 1\n= 2\n```\n", "line 3, page “P”: a guess has two lines “= expression”."),
        ("# T\n## P\n```guess\nWhat?\n= 1 +\n```\n", "t.md, line 5, page “P”: this is no Python: invalid syntax."),
    ],
)
def test_a_file_that_is_no_lesson_is_refused_with_its_page(broken: str, said: str) -> None:
    with pytest.raises(EngineError, match=re.escape(said)):
        parse(broken, "t", Path("t.md"))


ODD = """# T
## P
![A cat](gone.png) [x](variable:x), [p](panel:gone), [w](https://a.b), [f](field:n_layers=2)
[2](page:2) [f](field:layers=2) [g](thing:x) [m](field:n_layers=two)
```python
x = (
```
```show
tensor x
action nothing
```
```task
Do [it](action:fit).
```
```check
y == 1
```
"""


@pytest.mark.parametrize(
    ("there", "why"),
    [
        ("n_layers muitas", "n_layers needs a whole number from 1 to 10,000, not “muitas”."),
        ("n_layers", "n_layers needs a whole number from 1 to 10,000."),
        ("drop_rate 0,1", "drop_rate needs a point before its decimals, not a comma: 0.1, not “0,1”."),
        ("n_layers 24", None),
        ("emb_dim 1000000000", None),  # which the form refuses in its own words
        ("corpus any/file.txt", None),
        ("tokenizer gpt3", ("tokenizer gpt2", "tokenizer bytes", "tokenizer characters")),
        ("qkv_bias talvez", ("qkv_bias True", "qkv_bias False")),
    ],
)
def test_a_value_that_no_field_can_read_is_told_to_the_teacher(there: str, why: object) -> None:
    led = _field_leads(*there.partition(" ")[::2])
    assert (led.text if isinstance(led, Sentence) else led) == why


_NAMES = {"panel": ("queue", "console"), "field": ("n_layers", "emb_dim"), "action": [f"do_{n}" for n in range(99)]}


def test_what_leads_nowhere_is_told_with_its_line_and_the_lesson_is_read(tmp_path: Path, qapp) -> None:
    (tmp_path / "t.md").write_text(ODD.replace("\n", "\r"))
    odd = {("field", "n_layers two"): why_no_number("n_layers", "two")}
    leads = {**odd, **dict.fromkeys(_LEADING)}
    lessons, said = read_lessons(tmp_path, "en", lambda *there: leads.get(there, _NAMES.get(there[0], ())))
    assert [lesson.title for lesson in lessons] == ["T"]
    assert said == [
        "t.md, line 3: “panel:gone” leads nowhere; there are console, queue.",
        "t.md, line 3: The picture gone.png could not be read.",
        "t.md, line 4: “page:2” leads nowhere.",
        "t.md, line 4: “field:layers=2” leads nowhere; “field:n_layers” does.",
        "t.md, line 4: “thing:x” leads nowhere.",
        "t.md, line 4: “field:n_layers=two” leads nowhere: n_layers needs a whole number from 1 to 10,000, not “two”.",
        "t.md, line 6: this is no Python: '(' was never closed.",
        "t.md, line 10: “action nothing” leads nowhere.",
        "t.md, line 16: this check has no `assert`, so it always holds.",
    ]


WHOLE = """# T
## One
```python
import torch
x = torch.ones(2)
```
```math
y = x^2
```
```show
variable x
```
```guess
How many?
= len(x)
```
```task
Make `y`.
```
```check
assert y == 2, "It is another."
```
```solution
y = 2
```
## Two
text
"""
MISTAKES = {  # what stands in its place, and what is said of it; the rest of the lesson opens
    "```math": ("```maht", "line 7, page “One”: “maht” is no mark; “math” is one."),
    "Make `y`.\n": ("\n", "line 17, page “One”: “```task” is empty."),
    "How many?\n": ("", "line 13, page “One”: a guess asks nothing."),
    "variable x": ("variabel x", "line 11, page “One”: “variabel x” shows nothing."),
    "show\nvariable x": ("show\nvariable z", "line 11: the program of the page makes no `z`."),
    "y = 2\n": ("", "line 23, page “One”: “```solution” is empty."),
    "variable x\n": ("variable x y\n", "line 11: the program of the page makes no `x y`."),
    "= len(x)": ("= len(xs)", "line 15: the program of the page makes no `xs`."),
    "assert y == 2": (
        "assert z == 2",
        "line 21: neither the program of the page nor the solution makes `z`.",
    ),
    'assert y == 2, "It is another."': (
        'assert (y == 2, "No.")',
        "line 21: this always holds, whatever the program does.",
    ),
    'assert y == 2, "It': ('assert False, "It', "line 21: this never holds, whatever the program does."),
    'assert y == 2, "It is': (
        'x.sum().backward()\nassert y == 2, "It is',
        "line 21: this check changes `x` of the program: who looks again finds another.",
    ),
    '"It is another."\n': (
        '"It is another."\nz = x.clone()\nz[0] = z.add_(1)[0]\ntorch.nn.init.ones_(z)\ndel x.grad\n',
        "line 25: this check changes `x` of the program: who looks again finds another.",
    ),
    "```\n## Two": ("## Two", "line 23: the block that begins with “```solution” is never closed."),
    "```\n```check": ("```check", "line 17: the block that begins with “```task” is never closed."),
    "## Two": ("##Two", "line 26: “##Two” begins no page: a space belongs after “##”."),
    "```show": ("~~~show", "line 10: “~~~show” begins no block: three backticks, ```, do."),
    "## One\n": ("## Two\n", "line 26: the page of line 2 is called “Two”, too."),
    "text\n": ("A\xe7\xe3o\n", "line 27: this is no UTF-8 text. Save the file in that encoding."),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_of_a_mistake_one_sentence_tells_the_line_and_the_rest_of_the_lesson_opens(right: str, tmp_path: Path) -> None:
    wrong, sentence = MISTAKES[right]
    assert right in WHOLE
    (tmp_path / "t.md").write_bytes(WHOLE.replace(right, wrong, 1).replace("\n", "\r\n").encode("latin-1"))
    lessons, said = read_lessons(tmp_path, "en", lambda command, _: None if command in COMMANDS else ())
    assert said == [f"t.md, {sentence}"]
    assert [page.title for page in lessons[0].pages][1:] == ["Two"]
    n_blocks = sum(not isinstance(block, Fault) for page in lessons[0].pages for block in page.blocks)
    assert n_blocks >= 5 and bool(lessons[0].pages[0].n_asked)


def test_nothing_is_said_of_a_lesson_that_is_whole(tmp_path: Path) -> None:
    for name, text in {"t": WHOLE, "tabs": WHOLE.replace("## ", "##\t").replace("variable x", "variable\tx")}.items():
        (tmp_path / f"{name}.md").write_text(text)
    lessons, said = read_lessons(tmp_path, "en", lambda *there: None)
    assert said == [] and lessons[0].pages == lessons[1].pages
    for language in LANGUAGES:
        assert read_lessons(SHIPPED, language, lambda *there: None)[1] == []


_LEADING = {("variable", "x"), ("tensor", "x"), ("field", "n_layers 2"), ("action", "fit")}


def test_an_answer_that_begins_with_a_number_is_no_list(tmp_path: Path, qtbot) -> None:
    page = parse(
        "# T\n## P\n```guess\nWhat?\n= 0\n0. e to the −∞.\n```\n```guess\nWhich?\n= 1\n1. a\n2. b\n```\n", "t", tmp_path
    ).pages[0]
    texts = []
    for block in page.blocks:
        prose = Prose(block.why, tmp_path)
        qtbot.addWidget(prose)
        texts.append((prose.document().begin().textList() is not None, prose.toPlainText()))
    assert texts == [(False, "0. e to the −∞."), (True, "a\nb")]


SAID = {  # by what a check says, the same in Portuguese
    "`w * 0.5` is 0.9183, -2.5e-7 or 12; `torch.float32` of torch 2.13.0": (
        "`w * 0.5` is 0,9183, -2,5e-7 or 12; `torch.float32` of torch 2.13.0"
    ),
    "It is [0.5, 1.0], and (0.5, 2) 3.25.": "It is [0,5; 1,0], and (0,5; 2) 3,25.",
    "It is [[0.5, -1e-07], [2.0, nan]].": "It is [[0,5; -1e-07]; [2,0; nan]].",
    "The shape (2, 3) takes 2.0s (about 0.5, as it seems), 1.5x or 3.2 MB.": (
        "The shape (2, 3) takes 2,0s (about 0,5, as it seems), 1,5x or 3,2 MB."
    ),
    "n is 1,234,567 and 1,234.5, x is '0.5', f(0.5, 1.0) and tensor([0.5]) stay, x[1.5] too.": (
        "n is 1.234.567 and 1.234,5, x is '0.5', f(0.5, 1.0) and tensor([0.5]) stay, x[1.5] too."
    ),
    "It ends with 0.5. 3.5 % is v2.0 or run3.5.txt; [0, 1, 1] and [] stay.": (
        "It ends with 0,5. 3,5 % is v2.0 or run3.5.txt; [0, 1, 1] and [] stay."
    ),
    "The row of 0.25, 0.75 doesn't, and it isn't 1.5.": "The row of 0,25, 0,75 doesn't, and it isn't 1,5.",
}


def test_numbers_in_what_a_check_says_are_those_of_the_language(tmp_path: Path, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    block = ExerciseBlock(Exercise("Do.", "assert y"), tmp_path, place)
    for language, said in (("pt_BR", SAID), ("en", {text: text for text in SAID})):
        use_language(language)
        for english, shown in said.items():
            block.judge(english)
            assert block.verdict.text() == shown
    use_language("pt_BR")
    guess = GuessBlock(Guess("Which?", "x", ""), tmp_path, place)
    guess.judge(is_right=False, truth="[0.5, 1.25]")
    assert guess.verdict.text() == "Não exatamente. O PyTorch diz [0,5; 1,25]."
    use_language("en")


def test_why_an_exercise_is_not_done_is_said_again_in_another_language(tmp_path: Path, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    first, again = (ExerciseBlock(Exercise("Do.", "assert y"), tmp_path, place) for _ in range(2))
    first.judge(Sentence.row("of a sample"))
    use_language("pt_BR")
    again.take_up(first)
    use_language("en")
    assert (first.verdict.text(), again.verdict.text()) == ("of a sample", "de uma amostra")


def test_that_a_page_waits_or_could_not_look_is_said_again_in_another_language(tmp_path: Path, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    for kind, asked in ((ExerciseBlock, Exercise("Do.", "assert y")), (GuessBlock, Guess("Which?", "x", ""))):
        first, again = (kind(asked, tmp_path, place) for _ in range(2))
        first.refuse(lambda: tr("Looking…"))
        use_language("pt_BR")
        again.take_up(first)
        assert again.verdict.text() == "Verificando…" and again.verdict.property("role") == "error"
        use_language("en")
    waits, again = (ExerciseBlock(Exercise("Do.", "assert y"), tmp_path, place) for _ in range(2))
    waits.wait()
    use_language("pt_BR")
    again.take_up(waits)
    assert again.verdict.text() == "Agora execute o programa: ele decide."
    use_language("en")


def test_what_is_written_about_lessons_is_so(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text()
    lesson = parse(example_of(page), "slopes", tmp_path)
    assert not lesson.pages[1:] and {type(block) for block in lesson.pages[0].blocks} == {
        Text, Formulas, Program, Guess, Exercise, Show,
    }  # fmt: skip
    table = re.findall(r"^\| `(\w+)`", page, re.MULTILINE)
    assert set(table) | {"hint"} == {*MARKS, "text"}
    names = {command: re.search(rf"^- `{command} .*", page, re.MULTILINE)[0] for command in COMMANDS}
    assert set(re.findall(r"`(\w+)`", names["panel"])) == PANELS
    assert set(re.findall(r"`(\w+)`", names["action"])) <= {row.id for row in TABLE}


def test_every_formula_of_every_lesson_is_set_as_mathematics() -> None:
    lessons = [lesson for language in LANGUAGES for lesson in read_lessons(SHIPPED / language)[0]]
    blocks = [block for lesson in lessons for page in lesson.pages for block in page.blocks]
    lines = {line for block in blocks if isinstance(block, Formulas) for line in block.lines}
    assert lines
    assert [(line, made.failure) for line in lines if not (made := typeset(line)).svg] == []


def test_a_page_shows_its_formulas_below_each_other(tmp_path: Path, qtbot) -> None:
    (tmp_path / "a.md").write_text("# T\n## P\nA chain.\n```math\n\\frac{a}{b}\n\n\\frac{\n```\n")
    reader = LessonReader(Progress(tmp_path / "state" / "lessons.json"))
    qtbot.addWidget(reader)
    reader.show()
    reader.read_folder(tmp_path)
    QTest.mouseClick(reader.contents.buttons[0], Qt.MouseButton.LeftButton)
    view = reader.view.findChild(FormulaView, "lesson_formulas")
    until(lambda: view.is_complete, "the formulas")
    whole, broken = (one.formula for one in view.placed)
    assert whole.svg and not broken.svg and broken.latex == r"\frac{"  # stands there as it was written
    reader.open_contents()
    said = [label.text() for label in reader.contents.findChildren(QLabel, "lesson_said")]
    assert said == [r"a.md, line 7: “\frac{” is no formula."]
    reader.shut_down()


def test_a_folder_says_what_it_cannot_read_and_shows_the_rest(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="There is no lesson in"):
        read_lessons(tmp_path)
    (tmp_path / "a.md").write_text(LESSON)
    (tmp_path / "b.md").write_bytes("# Ação".encode("utf-16"))
    (tmp_path / "c.md").mkdir()
    (tmp_path / "d.md").write_bytes(b"# T\n## P\n\0001\0")
    (tmp_path / "e.MD").write_text("---\nauthor: me\n---\n# Long\n" + "".join(f"## {n}\nx\n" for n in range(300)))
    lessons, refused = read_lessons(tmp_path)
    assert [(lesson.title, len(lesson.pages)) for lesson in lessons] == [("Sums", 2), ("T", 1), ("Long", 300)]
    no_text = "this is no UTF-8 text. Save the file in that encoding."
    assert refused == [
        f"b.md, line 1: {no_text}",
        "c.md could not be read: it is a folder.",
        f"d.md, line 3: {no_text}",
    ]


def test_a_folder_with_languages_is_read_in_one_and_in_english_what_that_lacks(tmp_path: Path) -> None:
    for place, title in (("en/a", "A"), ("en/b", "B"), ("pt_BR/a", "Á"), ("c", "C")):
        path = tmp_path / f"{place}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\xef\xbb\xbf" + LESSON.replace("Sums", title).replace("\n", "\r\n").encode())
    titles = {code: [lesson.title for lesson in read_lessons(tmp_path, code)[0]] for code in ("en", "pt_BR", "de")}
    assert titles == {"en": ["A", "B", "C"], "pt_BR": ["Á", "B", "C"], "de": ["A", "B", "C"]}
    english, brazilian = (read_lessons(tmp_path, code)[0] for code in ("en", "pt_BR"))
    assert [lesson.key for lesson in english] == [lesson.key for lesson in brazilian]  # progress is of both
    whole = [lesson.key for lesson in read_lessons(SHIPPED, "en")[0]]
    assert whole == [lesson.key for lesson in read_lessons(SHIPPED, "de")[0]]  # which has none of them yet
    assert [lesson.pages[0].program for lesson in english] == [Program("x = 1  ## no page")] * 3


def test_pages_and_files_that_a_language_lacks_are_read_in_english_and_that_is_said(tmp_path: Path) -> None:
    written = {
        "en/half": LESSON + "## Three\n![x](e.png)\n",
        "pt_BR/half": "# Somas\n## Um\nx\n",
        "en/none": LESSON,
        "pt_BR/none": "as yet empty",
        "pt_BR/own": "# Só\n## Um\nx\n",
    }
    for place, text in written.items():
        path = tmp_path / f"{place}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    lessons, said_of_it = read_lessons(tmp_path, "pt_BR")
    assert [[page.title for page in lesson.pages] for lesson in lessons] == [
        ["Um", "Two", "Three"],
        ["One", "Two"],
        ["Um"],
    ]
    assert lessons[0].title == "Somas"
    assert [page.folder.name for page in lessons[0].pages] == ["pt_BR", "en", "en"]  # where their pictures lie
    assert said_of_it == [
        "half.md has 1 of 3 pages in Português; the others are read in English.",
        "none.md is no lesson: it needs a line “# Title”, and “## Title” for each page.",
    ]
    lessons, said_of_it = read_lessons(tmp_path, "en")
    assert [lesson.title for lesson in lessons] == ["Sums", "Sums", "Só"] and not said_of_it  # not "Só" in none


def test_every_lesson_has_the_same_pages_in_every_language_and_leads_somewhere() -> None:
    shapes = {}
    for language in LANGUAGES:
        lessons, refused = read_lessons(SHIPPED / language)
        assert not refused
        shapes[language] = {
            lesson.key: [[type(block) for block in page.blocks] for page in lesson.pages] for lesson in lessons
        }
        for lesson in lessons:
            for page in lesson.pages:
                texts = [text for block in page.blocks for text in vars(block).values() if isinstance(text, str)]
                links = re.findall(r"\]\((\w+):([^)]+)\)", "\n".join(texts))
                assert [one for one in (*links, *page.shown) if not _leads(*one)] == []
                lines = page.program.code.splitlines() if page.program is not None else []
                assert [line for line in lines if "#" in line and len(line) > _READ] == [], "a comment out of sight"
    assert len({str(shape) for shape in shapes.values()}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_command_is_called_as_the_command_is(language: str) -> None:
    """But for one that is part of a sentence, which begins with a small letter."""
    use_language(language)
    texts = {row.id: tr(row.text) for row in TABLE}
    use_language("en")
    for lesson in read_lessons(SHIPPED / language)[0]:
        for page in lesson.pages:
            whole = "\n".join(text for block in page.blocks for text in vars(block).values() if isinstance(text, str))
            for words, action in re.findall(r"\[([^\]]+)\]\(action:(\w+)\)", whole):
                assert words[0].islower() or texts[action].startswith(words), (lesson.key, words, texts[action])


def _leads(command: str, argument: str) -> bool:
    known = {
        "panel": PANELS,
        "action": {row.id for row in TABLE},
        "field": {argument} if _is_field(*re.split("[= ]", f"{argument} ", maxsplit=1)) else set(),
        "variable": {argument},
        "tensor": {argument},
        "cell": {argument} if cell_of(argument) is not None else set(),
        "rule": {argument},
        "page": {argument},
        "https": {argument},
    }
    assert set(COMMANDS) <= known.keys()
    return argument in known.get(command, ())


def _is_field(key: str, value: str) -> bool:
    return value.strip() in PRESETS if key == "preset" else key in SPECS


def test_progress_is_kept_and_a_broken_file_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lessons.json"
    progress = Progress(path)
    progress.set_page("2-tensors", 3)
    progress.do("2-tensors", 3, 0)
    progress.set_text("2-tensors", 3, "x = 2\n")
    again = Progress(path)
    assert (again.page("2-tensors"), again.n_done("2-tensors")) == (3, 1)
    assert again.is_done("2-tensors", 3, 0) and again.text("2-tensors", 3) == "x = 2\n"
    path.write_text('{"lessons": {"2-tensors": {"texts": {"pt_BR.3": "x = 3", "en.13": "x = 4"}}}}')
    of_before = Progress(path)
    assert of_before.text("2-tensors", 3) == "x = 3" and of_before.text("2-tensors", 13) == "x = 4"
    of_before.set_text("2-tensors", 3, None)
    assert Progress(path).text("2-tensors", 3) is None
    path.write_text('{"lessons": 3')
    assert Progress(path).open_lesson == ""
    path.unlink()
    path.mkdir()
    Progress(path).set_page("2-tensors", 1)  # a disk that takes nothing stops nobody


def test_pages_turn_and_the_last_leads_back_to_the_contents(tmp_path: Path, qtbot) -> None:
    (tmp_path / "sums.md").write_text(LESSON)
    reader = LessonReader(Progress(tmp_path / "lessons.json"))
    qtbot.addWidget(reader)
    reader.show()
    reader.activateWindow()
    assert QTest.qWaitForWindowActive(reader)
    reader.read_folder(tmp_path)
    assert reader.page is None and reader.contents.buttons[0].text() == "Sums"
    (tmp_path / "again.md").write_text(LESSON)
    for path in tmp_path.glob("*.md"):
        path.write_text(LESSON.replace("About sums.", "**About** [sums](https://x.org),\n_all_."))
    reader.read_folder(tmp_path)
    captions = [label.text() for label in reader.contents.findChildren(QLabel)]
    assert captions.count("About sums, all.") == 2  # Markdown is no text
    assert [text.partition(" · ")[2] for text in captions if "answered" in text] == ["again", "sums"]  # of one name
    (tmp_path / "again.md").unlink()
    reader.read_folder(tmp_path)
    QTest.mouseClick(reader.contents.buttons[0], Qt.MouseButton.LeftButton)
    assert reader.page is not None and reader.page.title == "One"
    QTest.keyClick(reader.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert reader.page.title == "Two"
    other = LessonReader(Progress(tmp_path / "lessons.json"))
    qtbot.addWidget(other)
    other.read()
    assert other.page is not None and other.page.title == "Two"  # where the learner left it
    reader.turn(1)
    assert reader.page is None


def test_a_page_that_turns_while_the_keyboard_is_in_it_keeps_it(tmp_path: Path, qapp, qtbot) -> None:
    focus_ring.install(qapp)
    reader = LessonReader(Progress(tmp_path / "lessons.json"))
    qtbot.addWidget(reader)
    reader.show()
    reader.activateWindow()
    assert QTest.qWaitForWindowActive(reader)
    reader.read()
    reader.open_lesson(3)  # a program on each page
    for number in range(len(reader.lesson.pages) - 1):
        assert reader.page_number == number
        reader.view.program.code.setFocus(Qt.FocusReason.TabFocusReason)
        assert reader.view.program.code.hasFocus()
        reader.turn(1)
        ring = reader.view.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert reader.view.hasFocus() and ring.isVisible()


def test_a_page_runs_asks_and_gives_the_own_program_back(tmp_path: Path) -> None:
    with main_window(tmp_path) as window:
        own = window.program.text()
        window.do("lessons")
        reader, view = window.lessons, window.lessons.view
        place = next(place for place, lesson in enumerate(reader.lessons) if lesson.key == "2-tensors")
        reader.open_lesson(place)
        guess, exercise = view.asked
        guess.field.setText("3")
        QTest.keyClick(guess.field, Qt.Key.Key_Return)
        assert guess.waiting == "3"  # nothing has run that could answer
        QTest.mouseClick(view.program.run_button, Qt.MouseButton.LeftButton)
        until(lambda: guess.verdict.text().startswith("✓"), "the guess is judged once the program has run")
        assert "tensor3d" in window.program.text() and window.selection.name == "tensor3d"
        QTest.mouseClick(exercise.button, Qt.MouseButton.LeftButton)
        until(
            lambda: exercise.verdict.text() == "The program that ran has no `image`: a line `image = …` makes it.",
            "what is missing is said",
        )
        window.program.editor.setPlainText(window.program.text() + "image = torch.zeros(3, 4, 5)\n")
        window.do("run")
        until(lambda: exercise.verdict.text().startswith("✓"), "a changed program is looked at by itself")
        assert view.program.original.isVisible()
        right = window.program.text()
        QTest.mouseClick(view.program.original, Qt.MouseButton.LeftButton)
        QTest.mouseClick(exercise.button, Qt.MouseButton.LeftButton)
        assert exercise.verdict.text() == "Now run the program: it decides."  # what stands there is not what ran
        window.do("run")
        until(lambda: exercise.verdict.text().startswith("The program that ran has no"), "what was said is renewed")
        window.program.editor.setPlainText(right.rstrip()[:-1])
        window.do("run")
        never = "The program did not come to its end. '(' was never closed (line 9)."
        until(lambda: exercise.verdict.text() == never, "why there is nothing to look at")
        while not exercise.hint.text().startswith("Show one way"):
            QTest.mouseClick(exercise.hint, Qt.MouseButton.LeftButton)
        QTest.mouseClick(exercise.hint, Qt.MouseButton.LeftButton)
        until(lambda: exercise.verdict.text().startswith("✓") and exercise.note.isVisible(), "one way is reached")
        assert window.program.text().startswith("import torch\n\ntensor0d") and exercise.note.text().endswith(
            "yours back."
        )
        window.program.editor.undo()
        assert window.program.text() == right.rstrip()[:-1]
        window.program.editor.setPlainText("image = input()\n")
        window.do("run")
        until(lambda: window.session.state == "input", "it waits for a line")
        QTest.mouseClick(exercise.button, Qt.MouseButton.LeftButton)
        QTest.keyClick(guess.field, Qt.Key.Key_Return)
        waits = "The program waits for a line: it is entered below Output."
        assert exercise.verdict.text() == guess.verdict.text() == waits
        window.do("stop")
        until(lambda: exercise.verdict.text() == "The program did not come to its end. Stopped at line 1.", "stopped")
        assert guess.verdict.text() == "Now run the program: it decides."
        window.program.editor.setPlainText(right)
        window.do("run")
        until(lambda: exercise.verdict.text().startswith("✓"), "nothing is lost")
        until(lambda: guess.verdict.text().startswith("✓"), "what was entered meanwhile, neither")
        reader.turn(1)
        QTest.mouseClick(view.program.run_button, Qt.MouseButton.LeftButton)
        assert not window.session.variables and window.session.graph is None  # nothing of the page before is seen
        until(lambda: window.selection.name == "features", "the next page has run in the same engine")
        assert "tensor3d" not in {row.name for row in window.session.variables}
        reader.turn(-1)
        assert view.asked[1].verdict.text().startswith("✓")  # it is remembered, and so is the program
        assert "image" in (reader.progress.text("2-tensors", 0) or "")
        window.do("lessons")
        assert window.program.text() == own == TWO_LAYERS and reader.isHidden()
        wait_ready(window)


def test_a_page_in_another_language_or_look_goes_on_where_the_learner_is(tmp_path: Path) -> None:
    with main_window(tmp_path) as window:
        window.resize(1200, 700)
        window.do("lessons")
        reader, view = window.lessons, window.lessons.view
        reader.open_lesson(next(n for n, lesson in enumerate(reader.lessons) if lesson.key == "6-gpt2"))
        QTest.mouseClick(view.program.run_button, Qt.MouseButton.LeftButton)
        until(lambda: window.selection.name == "both" and not window.session.is_busy, "the page has run")
        window.program.editor.setPlainText(window.program.text() + "back = text[:3]\n")
        window.do("run")
        until(lambda: view.asked[2].verdict.text().startswith("`back` is 'to ', it"), "what is wrong is said")
        QTest.mouseClick(view.asked[2].hint, Qt.MouseButton.LeftButton)
        view.asked[0].field.setText("8")
        QTest.keyClick(view.asked[0].field, Qt.Key.Key_Return)
        until(lambda: view.asked[0].verdict.text() == "Not quite. PyTorch says 7.", "the guess is judged")
        assert view.asked[0].note.isHidden()  # the page's own lines have run, with one below them
        view.asked[1].field.setText("1")
        bar = view.verticalScrollBar()
        until(lambda: bar.maximum() > 100, "there is more than the window shows")
        bar.setValue(bar.maximum())
        text = window.program.text()
        reader.progress.do("6-gpt2", 0, 2)  # it was done before, which it is not now
        theme.current().set_scale(1.25)
        assert view.asked[0].verdict.text() == "Not quite. PyTorch says 7."
        until(lambda: bar.value() == bar.maximum() > 200, "the place where the learner was, in larger text")
        use_language("pt_BR")
        assert reader.page.title == "Texto vira número" and window.files.document.title == "Texto vira número"
        assert window.program.text() == text and view.program.original.isVisible()  # the learner's own program
        assert [block.field.text() for block in view.asked[:2]] == ["8", "1"]
        until(lambda: bar.value() == bar.maximum() > 200, "the place where the learner was, in the other language")
        assert view.asked[0].verdict.text() == "Não exatamente. O PyTorch diz 7."
        assert view.asked[0].note.text().startswith("Seu programa")  # why 7 letters is said of “ser ou não ser” now
        assert view.asked[2].hint.text() == "Mostrar um caminho"  # the hint is there
        until(lambda: view.asked[2].verdict.text().startswith("`back` é 'to ', e"), "the answer in the other language")
        QTest.mouseClick(view.program.original, Qt.MouseButton.LeftButton)
        assert "ser ou não ser" in window.program.text()
        use_language("en")
        assert "to be or not" in window.program.text() and view.asked[0].verdict.text()
        view.asked[0].field.setText("7")
        QTest.mouseClick(view.asked[0].button, Qt.MouseButton.LeftButton)
        assert view.asked[0].waiting == "7"  # what ran is not what stands there
        window.do("run")
        until(lambda: view.asked[0].verdict.text() == "✓  Yes, 7.", "judged by the program of this language")
        assert view.asked[0].note.isHidden()
        window.program.editor.setPlainText(window.program.text().replace("to be or", "be or"))
        window.do("run")
        until(lambda: not window.session.is_busy and window.session.has_run, "another text has run")
        QTest.mouseClick(view.asked[0].button, Qt.MouseButton.LeftButton)
        until(view.asked[0].note.isVisible, "that why is said of the page's own")
        theme.current().set_scale(1.0)


def test_what_a_page_names_comes_up_and_what_is_nowhere_is_said(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.md").write_text(LESSON.replace("panel variables", "panel variabels"))
    with main_window(tmp_path) as window:
        window.do("lessons")
        reader, view = window.lessons, window.lessons.view
        reader.read_folder(own)
        reader.open_lesson(0)
        said = []
        window._lesson_links._shows._say = lambda words: said.append(words())
        view.followed.emit("cell:x[0]")
        assert said.pop() == "No variable is called x: run the program of the page."
        window.do("health")
        window.stack.setCurrentIndex(1)
        QTest.mouseClick(view.program.run_button, Qt.MouseButton.LeftButton)
        until(lambda: said == ["This link leads nowhere here: panel variabels"], "the page is shown")
        variables = window.backprop.docks["variables"]
        assert window.stack.currentIndex() == 0 and window.selection.name == "x"
        until(lambda: not variables.visibleRegion().isEmpty(), "variables are before the panel that was left open")
        window.stack.setCurrentIndex(1)
        view.followed.emit("variable:x")
        assert window.stack.currentIndex() == 0
        for link in ("panel:outlin", "action:fitt", "page:3", "page:0", "page:x"):
            view.followed.emit(link)
            assert reader.page.title == "One" and said[-1].endswith(link.partition(":")[2])
        view.followed.emit("page:2")
        assert reader.page.title == "Two"


IN_THE_MIDDLE = """# M
## Tensor
```python
import torch
w = torch.ones(2, requires_grad=True)
path = [1.0, 2.0]
g = torch.tensor(path)
w.sum().backward()
```
```show
tensor g
```
## Form
```show
action pretraining
```
## Graph
```python
import torch
w = torch.ones(2, requires_grad=True)
loss = (w * 2).sum()
n, area = 3, torch.tensor([2.0, 0.5]) * torch.tensor([3.0, 3.0])
```
```show
variable w
```
## Mistaken
```python
x = 1
```
```task
Make `y`.
```
```check
assert y == 3, "Not three."
```
```solution
y = 2
```
```task
Make `z`.
```
```check
assert [][0], "None."
```
"""


def _check_colors_of_a_page(window: MainWindow) -> None:
    """A person's own choice stays, and comes back when the reader is closed."""
    view, colors = window.lessons.view, window.panels.graph.colors
    window.do("color_bytes")
    view.followed.emit("action:color_norm")
    window.do("color_range")
    window.lessons.turn(-1)
    assert colors.name == "range"
    window.lessons.turn(1)
    view.followed.emit("action:color_norm")
    view.followed.emit("action:color_norm")
    window.do("lessons")
    assert colors.name == "range"
    window.do("lessons")


def _check_where_one_panel_is_seen(window: MainWindow) -> None:
    """A page that speaks of the middle brings that up, and the inspector for what is not seen there."""
    view, large = window.lessons.view, window.backprop.large
    large.need(is_needed=True)
    for link, name in (("variable:w", MIDDLE), ("variable:n", "inspector"), ("variable:loss", MIDDLE)):
        view.followed.emit(link)
        assert large.name == name, link
    large.need(is_needed=False)


def _check_cells_and_rules(window: MainWindow) -> None:
    """A page points at one cell, which says what it is made of, and at what a node does to a gradient."""
    view, stage, said = window.lessons.view, window.panels.stage, []
    window._lesson_links._shows._say, say = lambda words: said.append(words()), window._lesson_links._shows._say
    view.followed.emit("cell:area[1]")
    until(lambda: stage.cell.text() == "area[1] = 0.5000 · 3.0000 = 1.5000", "its sum")
    assert stage.block.lit == (1,) and window.panels.middle.shows_tensor
    view.followed.emit("cell:area[9]")
    until(lambda: stage.block.lit == (1,), "the nearest that there is")
    assert not said
    view.followed.emit("cell:area")
    assert said == ["This link leads nowhere here: cell area"]
    window._lesson_links._shows._say = say
    view.followed.emit("rule:loss")
    until(lambda: not window.inspector.rule.visibleRegion().isEmpty(), "what the node does")
    view.followed.emit("action:fit")


def test_a_page_has_its_tensor_or_its_graph_in_the_middle_and_one_without_a_program_its_workspace(
    tmp_path: Path,
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.md").write_text(IN_THE_MIDDLE)
    with main_window(tmp_path) as window:
        window.do("lessons")
        reader, view, middle = window.lessons, window.lessons.view, window.panels.middle
        reader.read_folder(own)
        reader.open_lesson(0)
        QTest.mouseClick(view.program.run_button, Qt.MouseButton.LeftButton)
        leads = reader.leads
        there = (("panel", "outline"), ("action", "fit"), ("field", "n_layers 2"), ("field", "preset nano"))
        there = (
            *there,
            ("tensor", "g"),
            ("field", "learning_rate 1"),
            ("cell", "g[0]"),
            ("cell", "g[0, 1]"),
            ("rule", "w"),
        )
        assert all(leads(*one) is None for one in there) and leads("cell", "g[x]") == ("g[0, 1]",)
        meant = {("panel", "x"): "outline", ("action", "x"): "fit", ("field", "x 1"): "n_layers"}
        assert all(name in leads(*one) for one, name in {**meant, ("field", "preset x"): "preset nano"}.items())
        until(lambda: middle.shows_tensor and window.panels.stage.title.text() == "g", "the tensor")
        view.followed.emit("action:fit")
        assert not middle.shows_tensor
        view.followed.emit("tensor:w")
        until(lambda: middle.shows_tensor and window.panels.stage.title.text() == "w", "another, by a link")
        view.followed.emit("action:fold_all")
        assert not middle.shows_tensor
        colors = window.panels.graph.colors
        view.followed.emit("action:color_norm")
        assert colors.name == "norm"
        reader.turn(1)
        assert colors.name == CATEGORY, "a page's colours go with it"
        assert window.stack.currentIndex() == 1  # nothing is run here
        window.stack.setCurrentIndex(0)
        theme.current().set_scale(1.1)  # the same page
        theme.current().set_scale(1.0)
        assert window.stack.currentIndex() == 0
        reader.turn(1)
        QTest.mouseClick(view.program.run_button, Qt.MouseButton.LeftButton)
        until(lambda: window.selection.name == "w" and not middle.shows_tensor, "the graph of another page")
        until(lambda: not window.session.is_busy, "its end")
        _check_where_one_panel_is_seen(window)
        _check_cells_and_rules(window)
        _check_colors_of_a_page(window)
        reader.turn(1)
        QTest.mouseClick(view.asked[0].hint, Qt.MouseButton.LeftButton)  # one way to do it
        unsolved = "Not three. a.md, line 35: this check does not hold for the solution of its page."
        until(lambda: view.asked[0].verdict.text() == unsolved, "the teacher is told")
        raising = (
            "This could not be checked: IndexError: list index out of range. a.md, line 44: this check fails by itself."
        )
        QTest.mouseClick(view.asked[1].button, Qt.MouseButton.LeftButton)
        until(lambda: view.asked[1].verdict.text().endswith("itself."), "of a check that raises, too")
        assert view.asked[1].verdict.text() == raising


def test_a_reader_that_is_closed_reads_in_another_language_once_it_is_seen(tmp_path: Path, qtbot) -> None:
    reader = LessonReader(Progress(tmp_path / "lessons.json"))
    qtbot.addWidget(reader)
    reader.show()
    reader.read()
    reader.open_lesson(0)
    page, english = reader.page_number, reader.page
    reader.hide()
    use_language("pt_BR")
    assert reader.page is english
    with qtbot.waitSignal(reader.reworded):
        reader.show()
    assert reader.page_number == page and reader.page == read_lessons(SHIPPED, "pt_BR")[0][0].pages[page] != english
    use_language("en")
    assert reader.page == english
    reader.shut_down()


def test_a_reader_follows_what_a_teacher_writes(tmp_path: Path, qtbot) -> None:
    path = tmp_path / "sums.md"
    path.write_text(LESSON)
    reader = LessonReader(Progress(tmp_path / "state" / "lessons.json"))
    qtbot.addWidget(reader)
    reader.show()
    reader.read_folder(tmp_path)
    reader.open_lesson(0)
    reader.turn(1)
    QTest.mouseClick(reader.view.asked[0].hint, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(reader.reworded):
        path.write_text(LESSON.replace("which is 2", "which is two"))
    assert (
        reader.page.blocks[0].task == "Make `y`, which is two." and reader.view.asked[0].hint.text() == "Show one way"
    )
    with qtbot.waitSignal(reader.reworded):
        path.write_text(LESSON.replace("```check", "```chek"))
    assert reader.page.title == "Two" and not reader.view.asked
    assert "line 22, page “Two”: “chek” is no mark" in reader.view.findChild(QLabel, "lesson_fault").text()
    with qtbot.waitSignal(reader.reworded):
        path.with_suffix(".new").write_text(LESSON)
        path.with_suffix(".new").replace(path)
    assert reader.page is not None and reader.page.title == "Two"


def test_a_picture_is_never_wider_than_the_text_and_one_that_cannot_be_read_is_named(tmp_path: Path, qtbot) -> None:
    for name, width, height in (("wide.png", 3000, 1000), ("small.png", 20, 20), ("huge.png", 8000, 8000)):
        assert QImage(width, height, QImage.Format.Format_Mono).save(str(tmp_path / name))
    (tmp_path / "no.png").write_text("text")
    text = "![](wide.png)\n\n![](small.png)\n\n![A cat](gone.png)\n\n![](no.png)\n\n![](huge.png)"
    prose = Prose(text, tmp_path)
    qtbot.addWidget(prose)
    prose.resize(300, 100)
    with qtbot.waitExposed(prose):
        prose.show()
    for width in (300, 200):
        prose.resize(width, prose.height())
        assert prose.document().size().width() <= prose.viewport().width()
        pictures = prose.document().begin(), prose.document().begin().next()
        heights = [prose.document().documentLayout().blockBoundingRect(block).height() for block in pictures]
        assert width / 3 <= heights[0] < width / 2 + 10 and 20 <= heights[1] < 60
    said = prose.toPlainText()
    for sentence in ("A cat: The picture gone.png could not be read.", "The picture no.png could not be read."):
        assert sentence in said
    assert "The picture huge.png is too large." in said


def test_short_code_a_product_and_a_unit_stay_on_one_line_and_are_copied_as_they_were_written(
    tmp_path: Path, qtbot
) -> None:
    text = "A `flat[0] = 100` of 27 × 27, 20 % or 16 bytes; [1](page:1) · [2](page:2) and `a line that is far too long`"
    prose = Prose(f"{text}\n\n```text\na b\n```", tmp_path)
    qtbot.addWidget(prose)
    whole = prose.document().toRawText().replace("\u2029", "\n")
    for tied in ("flat[0]~=~100", "27~×~27", "20~%", "16~bytes", "1 · 2", "a line that is", "a b"):
        assert tied.replace("~", "\u00a0") in whole
    prose.selectAll()
    copied = prose.createMimeDataFromSelection().text()
    assert "flat[0] = 100" in copied and "\u00a0" not in copied


def test_code_in_a_table_is_on_one_line_and_words_beside_it_make_way(tmp_path: Path, qtbot) -> None:
    rows = "| colour pictures | `(64, 3, 28, 28)` | picture, colour, row, column |\n| one number | `()` | |"
    prose = Prose(f"| data | shape | axes |\n| --- | --- | --- |\n{rows}", tmp_path)
    qtbot.addWidget(prose)
    prose.resize(320, 100)
    with qtbot.waitExposed(prose):
        prose.show()
    block, lines = prose.document().begin(), {}
    while block.isValid():
        lines[block.text().replace("\u00a0", " ")] = block.layout().lineCount()
        block = block.next()
    assert lines["(64, 3, 28, 28)"] == 1 and lines["picture, colour, row, column"] > 1
    assert prose.document().size().width() <= prose.viewport().width()


def test_a_table_behind_a_quotation_has_its_head_on_one_line(tmp_path: Path, qtbot) -> None:
    prose = Prose("> said\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", tmp_path)
    qtbot.addWidget(prose)
    table = next(one for one in prose.document().rootFrame().childFrames() if isinstance(one, QTextTable))
    heads = [table.cellAt(0, column).firstCursorPosition() for column in (0, 1)]
    assert [head.block().text() for head in heads] == ["a", "b"]
    weights = {head.block().begin().fragment().charFormat().fontWeight() for head in heads}
    assert len(weights) == 1


def test_what_pytorch_says_is_a_number_of_the_language(tmp_path: Path, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    block = GuessBlock(Guess("What?", "x", ""), tmp_path, place)
    use_language("pt_BR")
    said = []
    for truth in ("1.984", "[1.5, 2.0]", "torch.float32"):
        block.judge(is_right=True, truth=truth)
        said.append(block.verdict.text())
    assert said == ["✓  Sim, 1,984.", "✓  Sim, [1,5; 2,0].", "✓  Sim, torch.float32."]


def test_a_long_line_of_a_program_goes_on_below_further_in_and_nothing_is_scrolled_sideways(qtbot) -> None:
    long = "    self.first, self.second = torch.nn.Linear(16, 4 * 16), torch.nn.Linear(4 * 16, 16)"
    code = Code(f"class Net:\n{long}\nx = 1")
    qtbot.addWidget(code)
    for width in (700, 330, 240):
        code.resize(width, code.height())
        with qtbot.waitExposed(code):
            code.show()
        block = code.document().findBlockByNumber(1)
        lines = [block.layout().lineAt(place) for place in range(block.layout().lineCount())]
        starts = {round(line.position().x() + line.cursorToX(line.textStart())[0]) for line in lines[1:]}
        assert len(lines) > 1 or width == 700
        first = lines[0].position().x() + lines[0].cursorToX(4)[0]  # behind the four spaces
        assert all(start > first for start in starts) and len(starts) <= 1
        assert code.horizontalScrollBar().maximum() == 0 and code.height() >= code.document().size().height()
        assert code.toPlainText() == f"class Net:\n{long}\nx = 1"


def test_a_line_that_begins_far_in_goes_on_where_there_is_room(qtbot) -> None:
    code = Code("tensor2d = torch.tensor([[1, 2],\n" + " " * 25 + "[3, 4]])")
    qtbot.addWidget(code)
    code.resize(190, code.height())
    with qtbot.waitExposed(code):
        code.show()
    document = code.document()
    assert [document.findBlockByNumber(n).layout().lineCount() for n in (0, 1)] == [2, 2]
    code.resize(400, code.height())
    assert [document.findBlockByNumber(n).layout().lineCount() for n in (0, 1)] == [1, 1]
    assert code.height() == document.size().height()


def test_an_exercise_and_a_question_are_followed_by_ear_alone(qtbot, tmp_path: Path, monkeypatch) -> None:
    """What Tab passes by stands with the control, and what a button brings is read: hints, verdicts and why."""
    heard, place = announced(monkeypatch), QWidget()
    qtbot.addWidget(place)
    exercise = ExerciseBlock(Exercise("Make `y`.", "assert y", ("Use **zeros**.", "Of `3`.")), tmp_path, place)
    guess = GuessBlock(Guess("What is `x.dim()`?", "x.dim()", "It has `3` axes."), tmp_path, place)
    place.show()
    assert exercise.button.accessibleDescription() == "Make y."
    assert guess.field.accessibleName() == "What is x.dim()?"
    exercise.hint.click()
    exercise.hint.click()
    guess.judge(is_right=False, truth="3")
    assert heard == ["Use zeros.", "Of 3.", "Not quite. PyTorch says 3.", "It has 3 axes."]
