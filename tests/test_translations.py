"""Every text of the window has its words in every language, with the same placeholders, and no language has others."""

from __future__ import annotations

import ast
import functools
import re
import string
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.autograd.finite.causes import ARRIVED, BACKWARD, DATA, FORWARD, UNFILLED
from engine.autograd.rules.catalogue import RULES
from engine.program.sentences import python_words, torch_words
from engine.protocol.origin import TRAITS
from engine.protocol.sentence import Sentence
from engine.shared import language
from tests.engine.client import ROOT
from tests.engine.test_sentences import templates

ROOMS = ("engine/runs", "engine/shared", "engine/train", "visualizer")
TRANSLATIONS = ROOT / "assets/translations"
LANGUAGES = sorted(folder.name for folder in TRANSLATIONS.iterdir())


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use(language.ENGLISH)


# What says a text, and which of its arguments that is; of one that counts, the plural. The last two may say a constant.
SAYS = {"mark": 0, "trn": 1, "speak_count": 2, "tr": 0, "speak": 1}
# The texts of a row of a table, by place or name.
ROWS: dict[str, tuple[int | str, ...]] = {"ActionRow": (2, 6, "short", "tip", "submenu")}


def trees(room: str, with_: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every file below a folder of the program in whose text a pattern is found: to walk through one takes long. Not
    kept: windows are closed by looking through all objects."""
    texts = ((path, path.read_text()) for path in sorted((ROOT / room).rglob("*.py")))
    return ((path, ast.parse(text)) for path, text in texts if re.search(with_, text))


@functools.cache
def sources() -> dict[str, str]:
    """Every literal that the window says, and where it stands."""
    found: dict[str, str] = {}
    calls = rf"\b({'|'.join((*SAYS, *ROWS))})\("
    for path, tree in (pair for room in ROOMS for pair in trees(room, calls)):
        for node in ast.walk(tree) if path.name != "spoken.py" else ():  # which hands on what others say
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            found |= dict.fromkeys(_in_row(node, node.func.id), place)
            if node.func.id in SAYS:
                text = node.args[SAYS[node.func.id]]
                if isinstance(text, ast.Constant):
                    found[str(text.value)] = place
                else:
                    assert node.func.id in ("tr", "speak"), place
                    assert isinstance(text, ast.Name | ast.Attribute | ast.Subscript), place
    return found


def _in_row(node: ast.Call, name: str) -> Iterator[str]:
    for place in ROWS.get(name, ()):
        if isinstance(place, int):
            text = node.args[place] if place < len(node.args) else None
        else:
            text = next((keyword.value for keyword in node.keywords if keyword.arg == place), None)
        if isinstance(text, ast.Constant) and text.value:
            yield text.value


def formula_words() -> dict[str, str]:
    """The words in the formulas of all rules, by their codes."""
    formulas = (text for rule in RULES.values() for text in (rule.forward, *(one.formula for one in rule.operands)))
    words = {word.strip() for formula in formulas for word in re.findall(r"\\text\{([^{}]*)\}", formula)}
    return {f"formula.{word}": word for word in {*words, "true", "false"}}


def rows() -> dict[str, str]:
    """What tables of the engine say, which a Sentence.row has for its code, or an answer as it is."""
    causes = (*FORWARD, *BACKWARD, ARRIVED, DATA, UNFILLED)
    found = {text: f"the cause {cause.brief}" for cause in causes for text in (cause.brief, cause.why)}
    said = (*python_words.TEMPLATES, *torch_words.TEMPLATES, *torch_words.LINES, *torch_words.KINDS)
    found |= dict.fromkeys(said, "what Python and PyTorch say")
    return found | {text: f"the trait {trait}" for trait, texts in TRAITS.items() for text in texts}


def messages(folder: str) -> Iterator[tuple[Path, ElementTree.Element]]:
    for file in sorted((TRANSLATIONS / folder).glob("*.ts")):
        for message in ElementTree.parse(file).iter("message"):
            yield file, message


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


SHOWS = """
    emit say _say setText setToolTip setWindowTitle setAccessibleName setAccessibleDescription setPlaceholderText
    setLabelText setInformativeText addAction showMessage
"""


def test_no_sentence_is_shown_without_being_said() -> None:
    """A literal of several words that stands where a text is shown stays English in every language."""
    found = []
    for path, tree in trees("visualizer", rf"\.({'|'.join(SHOWS.split())})\("):
        if path.parent.name in ("bench", "tour"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SHOWS.split():
                texts = (re.sub("<[^>]*>?", "", text) for one in node.args for text in literals(one))
                told = (text for text in texts if re.search("[a-z]{2,} [a-z]{2,}", text))
                found += [f"{path.name}:{node.lineno} {text}" for text in told]
    assert not found


def literals(shown: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, but for those that a call makes."""
    if isinstance(shown, ast.Constant) and isinstance(shown.value, str):
        yield shown.value
    elif isinstance(shown, ast.JoinedStr):
        yield from (str(part.value) for part in shown.values if isinstance(part, ast.Constant))
    elif isinstance(shown, ast.IfExp):
        yield from (*literals(shown.body), *literals(shown.orelse))


@pytest.mark.parametrize("folder", LANGUAGES)
def test_every_text_of_the_window_has_its_words(folder: str) -> None:
    there = {message.findtext("source") for _, message in messages(folder) if not message.get("id")}
    wanted = sources() | rows() | dict.fromkeys(language.OF_THE_LANGUAGE, "engine/shared/language.py")
    missing = {text: place for text, place in wanted.items() if text not in there}
    assert not missing, f"{len(missing)} without words in {folder}: {missing}"


@pytest.mark.parametrize("folder", LANGUAGES)
def test_no_language_has_words_for_what_nobody_says(folder: str) -> None:
    said = {*sources(), *rows(), *language.OF_THE_LANGUAGE}
    left = [
        (file.name, message.findtext("source"))
        for file, message in messages(folder)
        if not message.get("id") and message.findtext("source") not in said
    ]
    assert not left


@pytest.mark.parametrize("folder", LANGUAGES)
def test_every_sentence_of_the_engine_has_its_words_of_what_it_says_today(folder: str) -> None:
    there = {message.get("id"): message.findtext("source") for _, message in messages(folder) if message.get("id")}
    wanted = templates() | {rule.said.code: rule.meaning for rule in RULES.values()} | formula_words()
    missing = {code: template for code, template in wanted.items() if code not in there}
    assert not missing, f"{len(missing)} without words in {folder}: {missing}"
    assert {code: source for code, source in there.items() if wanted.get(str(code)) != source} == {}


@pytest.mark.parametrize("folder", LANGUAGES)
def test_the_words_of_a_sentence_take_all_that_the_sentence_tells(folder: str) -> None:
    for _, message in messages(folder):
        if code := message.get("id"):
            wanted = placeholders(message.findtext("source") or "")
            forms = [form.text or "" for form in message.iter("numerusform")] or [message.findtext("translation") or ""]
            assert placeholders(forms[-1]) == wanted, f"other placeholders: {code}"


@pytest.mark.parametrize("folder", LANGUAGES)
def test_a_translation_is_the_same_wherever_it_stands_and_has_the_placeholders_of_its_source(folder: str) -> None:
    seen: dict[str, list[str | None]] = {}
    for file, message in messages(folder):
        source, translation = message.findtext("source") or "", message.find("translation")
        key = message.get("id") or source
        assert translation is not None and translation.get("type") is None, f"unfinished: {key}"
        texts = [form.text for form in translation.iter("numerusform")] or [translation.text]
        assert seen.setdefault(key, texts) == texts, f"told otherwise in {file.name}: {key}"
        for text in texts:
            assert text and text.strip(), f"empty: {key}"
            if "{" in source:
                assert placeholders(text) <= placeholders(source), f"other placeholders: {key}"


def test_a_text_is_said_in_the_language_in_use_and_in_english_where_none_knows_it() -> None:
    assert language.languages() == {"en": "English", "pt_BR": "Português"}
    assert language.tr("English") == "English"
    language.use("pt_BR")
    assert language.spoken() == "pt_BR"
    assert language.tr("English") == "Português"
    assert language.tr("what nobody says##in a test") == "what nobody says"
    assert language.tr("what nobody {says}") == "what nobody {says}"
    assert language.tr("what {nobody} says", nobody="she") == "what she says"
    assert language.trn("{n} thing of {whole}", "{n} things of {whole}", 12345, whole="all") == "12.345 things of all"
    assert language.local("-1,234.5e-07") == "-1.234,5e-07"
    assert language.pythonic("1.234,5") == "1234.5"
    language.use("xx")
    assert language.spoken() == "en"
    assert language.trn("{n} thing", "{n} things", 1) == "1 thing"


def test_a_sentence_without_words_in_a_language_is_said_as_the_engine_wrote_it() -> None:
    language.use("pt_BR")
    assert language.said(Sentence.of("nobody.knows", "It is {n}.", n=3)) == "It is 3."


def test_a_sentence_is_said_by_its_code_with_its_words_and_numbers_in_the_language_in_use() -> None:
    nodes = Sentence.counted("count.nodes", "{n} node", "{n:,} nodes", 12345)
    known = {"it.is": ("{nodes} de {size}: {name}, {raw!s}, {n_bytes:,}",), "count.nodes": ("{n} nó", "{n:,} nós")}
    said = Sentence.of(
        "it.is",
        "{nodes}, {size}, {name}, {raw}, {n_bytes:,}.",
        nodes=nodes,
        size="1.5 MB",
        name="x.y",
        raw=0.5,
        n_bytes=2048,
    )
    assert said.text == "12,345 nodes, 1.5 MB, x.y, 0.5, 2,048."
    assert language.said(said) == said.text
    language.use("pt_BR")
    language._spoken.by_code.update(known)
    try:
        assert language.said(said) == "12.345 nós de 1,5 MB: x.y, 0.5, 2.048"
        assert language.said(Sentence("it.is", "As it was written once.", {"nodes": "3"})) == "As it was written once."
        assert language.said(Sentence.counted("count.nodes", "{n} node", "{n:,} nodes", 1)) == "1 nó"
    finally:
        for code in known:
            del language._spoken.by_code[code]


def sentence_fields() -> set[str]:
    """The names under which messages of the engine have sentences."""
    files = sorted((ROOT / "engine/protocol").glob("*.py"))
    fields = (
        node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.AnnAssign)
    )
    return {ast.unparse(field.target) for field in fields if "Sentence" in ast.unparse(field.annotation)} - {
        "arguments"
    }


def shows_english(node: ast.AST, fields: set[str]) -> bool:
    """Whether it takes a sentence's own text, or an EngineError as `str` writes it."""
    if isinstance(node, ast.Attribute):
        return node.attr == "text" and isinstance(node.value, ast.Attribute) and node.value.attr in fields
    is_handler = (
        isinstance(node, ast.ExceptHandler) and node.type is not None and "EngineError" in ast.unparse(node.type)
    )
    return is_handler and f"str({node.name})" in ast.unparse(node)  # type: ignore[attr-defined]


def test_the_window_says_what_the_engine_says_in_the_language_in_use() -> None:
    fields = sentence_fields()
    assert {"said", "cure", "reason"} <= fields
    left = []
    shown = rf"\.({'|'.join(fields)})\s*\.text\b|EngineError"
    for path, tree in (pair for pair in trees("visualizer", shown) if pair[0].parts[-2] not in ("bench", "tour")):
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}  # text() of a widget
        found = (node for node in ast.walk(tree) if id(node) not in called and shows_english(node, fields))
        left += [f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}" for node in found]
    assert not left


def test_a_damaged_translation_is_left_out_and_english_stands_there(tmp_path, monkeypatch, capsys) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "half.ts").write_text("<TS><message><source>Run</source>")
    (folder / "binary.ts").write_bytes(b"\xff\0\xfe")
    words = {"English": "Xish", "Stop": "Halt", "{n} of {all}": "{n} von {alle}", "{n} left": "{n left", "1,234.5": "1",
             "n != 1": "n ist viel"}  # fmt: skip
    messages = "".join(
        f"<message><source>{one}</source><translation>{text}</translation></message>" for one, text in words.items()
    )
    (folder / "rest.ts").write_text(f"<TS>{messages}<message numerus='yes'><source>{{n}} runs</source><translation>"
                                    "<numerusform>{n} A</numerusform><numerusform>{n} B</numerusform></translation>"
                                    "</message></TS>")  # fmt: skip
    monkeypatch.setattr(language, "asset", lambda name: tmp_path)
    monkeypatch.setattr(language, "_known", {language.ENGLISH: language.Catalog(language.ENGLISH)})
    assert language.languages() == {"en": "English", "xx": "Xish"}
    language.use("xx")
    assert (language.tr("Stop"), language.tr("Run")) == ("Halt", "Run")
    assert language.tr("{n} of {all}", n=1, all=2) == "1 of 2" and language.tr("{n} left", n=1) == "1 left"
    assert language.trn("{n} run", "{n} runs", 2) == "2 B" and language.grouped(1234) == "1,234"
    told = capsys.readouterr().err
    assert "half.ts cannot be read and is left out" in told and "binary.ts cannot be read" in told


@pytest.fixture
def further(tmp_path, monkeypatch) -> Path:
    """A folder of languages, so far empty."""
    monkeypatch.setattr(language, "asset", lambda name: tmp_path)
    monkeypatch.setattr(language, "_known", {language.ENGLISH: language.Catalog(language.ENGLISH)})
    return tmp_path


def write_language(folder: Path, words: dict[str, str], nodes: tuple[str, ...]) -> None:
    folder.mkdir()
    forms = "".join(f"<numerusform>{form}</numerusform>" for form in nodes)
    counted = f"<translation>{forms}</translation></message>"
    texts = "".join(f"<message><source>{one}</source><translation>{text}</translation></message>"
                    for one, text in words.items())  # fmt: skip
    (folder / "words.ts").write_text(
        f"<TS>{texts}<message numerus='yes'><source>{{n:,}} nodes</source>{counted}"
        f"<message numerus='yes' id='count.nodes'><source>{{n:,}} nodes</source>{counted}</TS>"
    )


def test_a_language_of_three_plurals_and_spaces_between_thousands_needs_files_alone(further: Path) -> None:
    rule = "n==1 ? 0 : n%10&gt;=2 &amp;&amp; n%10&lt;=4 &amp;&amp; (n%100&lt;10 || n%100&gt;=20) ? 1 : 2"
    words = {"English": "Polski", "n != 1": rule, "1,234.5": "1\N{NO-BREAK SPACE}234,5"}
    write_language(further / "pl", words, ("{n} węzeł", "{n} węzły", "{n} węzłów"))
    language.use("pl")
    assert language.languages()["pl"] == "Polski"
    told = [language.trn("{n} node", "{n:,} nodes", n) for n in (1, 2, 5, 12, 22, 1_234)]
    assert told == ["1 węzeł", "2 węzły", "5 węzłów", "12 węzłów", "22 węzły", "1\N{NO-BREAK SPACE}234 węzły"]
    for n, form in ((1, "węzeł"), (3, "węzły"), (25, "węzłów")):
        assert language.said(Sentence.counted("count.nodes", "{n} node", "{n:,} nodes", n)) == f"{n} {form}"
    assert language.local("-1,234.5") == "-1\N{NO-BREAK SPACE}234,5"
    assert language.pythonic("1\N{NO-BREAK SPACE}234,5") == "1234.5"


def test_a_text_from_the_right_to_the_left_is_so_in_itself_and_what_fills_it_is_not_turned(further: Path) -> None:
    words = {
        "English": "العربية",
        "Run": "شغل",
        "{name} is {shape}": "{name} شكله {shape}",
        "Files (*.py)": "ملف (*.py)",
    }
    write_language(further / "ar", words, ("{n} عقدة",))
    language.use("ar")
    assert language.languages()["ar"] == "العربية"
    assert language.tr("Run") == "\u2067شغل\u2069"
    assert (
        language.tr("{name} is {shape}", name="x", shape="(4, 3)")
        == "\u2067\u2068x\u2069 شكله \u2068(4, 3)\u2069\u2069"
    )
    assert language.tr("Files (*.py)") == "ملف (*.py)"  # which Qt reads
