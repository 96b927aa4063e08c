"""The form: what is typed is judged as it is typed, and nothing typed is lost."""

from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from engine.runs import disk_space
from engine.runs.arguments import asked_run
from engine.runs.config import PRESETS, GPTConfig, RunConfig, parameters
from engine.runs.config_rules import RULES, ConfigError
from engine.runs.explanations import OF_THE_MODEL
from engine.runs.prompts import Prompt
from tests.visualizer.kept_form import KeptForm
from visualizer.look import theme
from visualizer.pretraining.form import form_model
from visualizer.pretraining.form.corpus_inspector import inspect
from visualizer.pretraining.form.draft import Draft
from visualizer.pretraining.form.field_table import MODEL, RUN

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window
LESSON = """GPT_CONFIG_124M = {
"vocab_size": 50257, // Vocabulary size of the BPE tokenizer
"context_length": 1024, // Context length
"emb_dim": 768, // Embedding dimension
"n_heads": 12, // Number of attention heads
"n_layers": 12, // Number of layers
"drop_rate": 0.1, // Dropout rate: 10%
"qkv_bias": False // Query-Key-Value bias
}"""


@pytest.fixture(scope="module")
def kept_form(qapp, tmp_path_factory):
    made = KeptForm(tmp_path_factory.mktemp("form") / "runs")
    yield made
    made.close()


@pytest.fixture
def workspace(kept_form):
    with kept_form.as_it_opens() as made:
        yield made


def type_into(qtbot, workspace, key, text):
    field = workspace.findChild(QLineEdit, f"field_{key}")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def error(workspace, key):
    label = workspace.findChild(QLabel, f"error_{key}")
    return label.text() if label.isVisibleTo(workspace) else ""


def choose(qtbot, workspace, key, words):
    """Pick an entry of a choice with the keyboard."""
    box = workspace.form.rows[key].box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(words)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == words


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_preset_survives_the_way_through_text(name):
    checked = form_model.check(form_model.to_text(PRESETS[name]))
    assert checked.config == PRESETS[name]
    assert checked.preset == name


@pytest.mark.parametrize(
    "change",
    [{"learning_rate": 1.2345678e-4}, {"beta2": 0.9999999}, {"weight_decay": 123.456789}, {"keep_gb": 0.1234567}],
)
def test_a_number_of_many_digits_goes_through_the_form_as_it_is(change: dict[str, float]) -> None:
    config = msgspec.structs.replace(PRESETS["nano"], **change)
    assert form_model.check(form_model.to_text(config)).config == config


def test_the_totals_are_those_of_the_two_published_sizes():
    lines = dict(form_model.estimates(PRESETS["124M"], ()).lines)
    assert lines["Tied, in total"] == "124,412,160"
    assert lines["Untied, in total"] == "163,009,536"
    assert lines["Compute per token"] == "855 MFLOP"


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(900, 560, 1.0), (1600, 1000, 1.0), (1600, 1000, 2.0), (900, 560, 2.0)]
)
def test_every_number_of_the_largest_model_is_whole(qtbot, workspace, width, height, scale):
    theme.current().set_scale(scale)
    workspace.resize(width, height)
    form = workspace.form
    form._more.setChecked(True)
    choose(qtbot, workspace, "preset", "1558M")
    total = form.findChild(QLabel, "parameter_total")
    qtbot.waitUntil(lambda: total.text() == "1,557,380,800")
    QApplication.processEvents()
    view = form._scroll.viewport()
    names = ("estimate_", "parameter_total")
    shown = [each for each in form.findChildren(QLabel) if each.objectName().startswith(names) and not each.isHidden()]
    assert len(shown) > 6
    for label in shown:
        assert label.width() >= label.sizeHint().width()
        assert label.mapTo(view, label.rect().topRight()).x() < view.width(), label.text()
    sums = workspace.plots.no_run
    large = [each for each in sums.findChildren(QLabel) if each.objectName().startswith("draft_")]
    assert {each.text() for each in large} >= {each.text() for each in shown}
    for label in large:
        assert label.wordWrap() or label.width() >= label.sizeHint().width()
        assert label.mapTo(sums.viewport(), label.rect().topRight()).x() < sums.viewport().width(), label.text()
    for field in form.findChildren(QLineEdit):
        room = field.width() - 2 * theme.current().px(8) - 2
        assert field.fontMetrics().horizontalAdvance(field.text()) <= room, field.text()
        assert field.mapTo(view, field.rect().topRight()).x() < view.width()
    theme.current().set_scale(1.0)


def test_parameters_follow_as_one_types(qtbot, workspace):
    total = workspace.findChild(QLabel, "parameter_total")
    assert total.text() == f"{parameters(PRESETS['nano'].model).total:,}"
    type_into(qtbot, workspace, "n_layers", "8")
    wanted = msgspec.structs.replace(PRESETS["nano"].model, n_layers=8)
    assert total.text() == f"{parameters(wanted).total:,}"
    assert sum(n for _, n in workspace.form.estimates.bar.parts) == parameters(wanted).total
    assert workspace.plots.findChild(QLabel, "draft_parameter_total").text() == total.text()
    assert workspace.form.rows["preset"].text() == "custom"


def test_heads_that_do_not_divide_the_width_say_so_under_their_field_and_stop_start(qtbot, workspace):
    type_into(qtbot, workspace, "n_heads", "5")
    assert "does not divide emb_dim 128" in error(workspace, "n_heads")
    start = workspace.header.start_button
    assert not start.isEnabled()
    assert "does not divide" in workspace.findChild(QLabel, "run_sentence").text()
    type_into(qtbot, workspace, "n_heads", "8")
    assert error(workspace, "n_heads") == ""
    qtbot.waitUntil(start.isEnabled)


def test_what_cannot_be_read_stays_as_it_was_typed(qtbot, workspace):
    type_into(qtbot, workspace, "emb_dim", "wide")
    assert workspace.findChild(QLineEdit, "field_emb_dim").text() == "wide"
    assert error(workspace, "emb_dim") == "emb_dim needs a whole number from 1 to 1,000,000, not “wide”."


def test_every_key_of_the_model_explains_itself_when_it_is_entered(qtbot, workspace):
    for key in OF_THE_MODEL:
        row = workspace.form.rows[key]
        row.editor.setFocus()
        qtbot.waitUntil(lambda key=key: OF_THE_MODEL[key] in workspace.findChild(QLabel, "form_help").text())
        assert row.editor.toolTip() == OF_THE_MODEL[key]


def test_a_vocabulary_that_fits_follows_the_tokenizer(qtbot, workspace):
    field = workspace.findChild(QLineEdit, "field_vocab_size")
    choose(qtbot, workspace, "tokenizer", "GPT-2 byte pairs")
    assert field.text() == "50257"
    choose(qtbot, workspace, "tokenizer", "characters")
    assert field.text() == "65"
    choose(qtbot, workspace, "corpus", "the-verdict")
    qtbot.waitUntil(lambda: field.text() == "62")


def test_a_vocabulary_smaller_than_the_tokenizers_is_refused(qtbot, workspace):
    type_into(qtbot, workspace, "vocab_size", "60")
    qtbot.waitUntil(lambda: "smaller than the 65" in error(workspace, "vocab_size"))
    choose(qtbot, workspace, "tokenizer", "GPT-2 byte pairs")
    qtbot.waitUntil(lambda: "smaller than the 50,257" in error(workspace, "vocab_size"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"too short", "fewer than the context"),
        (b"", "it needs more text"),
        (b"\0\1binary" * 100, "binary file"),
        (None, "no corpus at"),
    ],
)
def test_a_corpus_that_cannot_be_learned_from_is_named(qtbot, workspace, tmp_path, content, words):
    path = tmp_path / "corpus.txt"
    if content is not None:
        path.write_bytes(content)
    workspace.form.set_values({"corpus": str(path)})
    qtbot.waitUntil(lambda: words in error(workspace, "corpus"))
    assert not workspace.header.start_button.isEnabled()
    assert workspace.draft.config is None


def test_the_lesson_s_configuration_is_the_124m_preset(qtbot, workspace):
    QGuiApplication.clipboard().setText(LESSON)
    field = workspace.findChild(QLineEdit, "field_emb_dim")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    values = workspace.form.values()
    assert (values["emb_dim"], values["vocab_size"], values["qkv_bias"], values["tied"]) == (
        "768",
        "50257",
        "False",
        "True",
    )
    assert values["preset"] == "124M" and values["tokenizer"] == "gpt2"
    assert workspace.findChild(QLabel, "parameter_total").text() == "124,412,160"
    choose(qtbot, workspace, "tied", "untied")
    assert workspace.findChild(QLabel, "parameter_total").text() == "163,009,536"


@pytest.mark.parametrize("where", ["train_start_button", "plots", "field_preset", "field_corpus", "runs"])
def test_a_configuration_is_pasted_wherever_the_keyboard_is(qtbot, workspace, where):
    QGuiApplication.clipboard().setText(LESSON)
    panels = {"plots": workspace.plots, "runs": workspace.list.view}
    target = panels.get(where) or workspace.findChild(QWidget, where)
    qtbot.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert workspace.form.values()["preset"] == "124M"


def test_a_foreign_text_is_refused_and_the_form_stays(qtbot, workspace):
    before = workspace.form.values()
    QGuiApplication.clipboard().setText("GPT_CONFIG = {'emb_dim': open('x')}")
    qtbot.mouseClick(workspace.findChild(QPushButton, "paste_config"), Qt.MouseButton.LeftButton)
    words = workspace.findChild(QLabel, "form_help").text()
    assert "emb_dim needs a whole number from 1 to 1,000,000, not “open(" in words
    assert workspace.form.values() == before


def test_of_several_pasted_configurations_one_is_chosen(qtbot, workspace):
    QGuiApplication.clipboard().setText(
        'BASE_CONFIG = {"vocab_size": 50304, "context_length": 1024, "drop_rate": 0.0, "qkv_bias": True}\n'
        'model_configs = {"gpt2-small (124M)": {"emb_dim": 768, "n_layers": 12, "n_heads": 12}, '
        '"gpt2-medium (355M)": {"emb_dim": 1024, "n_layers": 24, "n_heads": 16}}'
    )
    qtbot.mouseClick(workspace.findChild(QPushButton, "paste_config"), Qt.MouseButton.LeftButton)
    dialog = workspace.findChild(QInputDialog, "pasted_choice")
    assert dialog.comboBoxItems() == ["gpt2-small (124M)", "gpt2-medium (355M)"]
    dialog.setTextValue("gpt2-medium (355M)")
    dialog.accept()
    values = workspace.form.values()
    assert (values["emb_dim"], values["n_layers"], values["vocab_size"]) == ("1024", "24", "50304")
    assert values["tokenizer"] == "gpt2"  # whose tokens are padded to this number


def test_nanogpt_s_lines_are_pasted_into_any_field_and_what_was_left_out_is_said(qtbot, workspace):
    QGuiApplication.clipboard().setText("block_size = 256\nn_layer = 6\nn_head = 6\nn_embd = 384\nout_dir = 'out'\n")
    field = workspace.findChild(QLineEdit, "field_emb_dim")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    values = workspace.form.values()
    assert (values["context_length"], values["n_layers"], values["emb_dim"]) == ("256", "6", "384")
    words = workspace.findChild(QLabel, "form_help").text()
    assert "context_length (block_size)" in words and words.endswith("Left out: out_dir.")


def test_words_are_no_part_of_a_number_and_are_read_as_a_configuration(qtbot, workspace):
    field, prompt = (workspace.findChild(QLineEdit, f"field_{key}") for key in ("emb_dim", "sample_prompt"))
    for text, said in (
        ("python train.py --n_layer 3 --n_head 4", "Filled in n_layers"),
        ("with 5 layers and 4 heads", "Filled in n_layers"),
        ("./train_gpt2cu -b 64 -t 1024", "holds no configuration"),
    ):
        QGuiApplication.clipboard().setText(text)
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert said in workspace.findChild(QLabel, "form_help").text(), text
        assert field.text() == "128"
    prompt.selectAll()
    qtbot.keyClick(prompt, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert prompt.text() == "./train_gpt2cu -b 64 -t 1024"


def test_copy_as_python_reads_back(qtbot, workspace):
    qtbot.mouseClick(workspace.findChild(QPushButton, "copy_as_python"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("GPT_CONFIG_NANO = {")
    namespace = {}
    exec(copied, namespace)
    assert namespace["GPT_CONFIG_NANO"]["emb_dim"] == 128


def test_a_large_corpus_is_measured_without_reading_it(tmp_path):
    path = tmp_path / "large.txt"
    path.write_text("words and words\n" * 2_000_000)
    verdict = inspect(str(path), None)
    assert verdict.n_bytes == 32_000_000 and verdict.n_characters is None
    assert verdict.lines("gpt2") == (("Corpus", "32 MB"), ("Corpus in tokens", "not counted yet"))


@pytest.mark.parametrize("text", ["9" * 400, "-" + "9" * 16, "1e400", "nan", "²", "", "0", "-1"])
def test_whatever_is_typed_into_a_number_field_is_judged_beside_it(text):
    for spec in (*MODEL, *RUN):
        if spec.kind in ("int", "float"):
            checked = form_model.check(form_model.to_text(PRESETS["nano"]) | {spec.key: text})
            form_model.estimates(checked.config, ())
            assert set(checked.errors) <= {spec.key, "n_heads"}
            assert checked.errors or text in ("0", "-1") or spec.kind == "float", spec.key


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("seed", "-1", "seed is -1; it must be a whole number from 0 to 9,223,372,036,854,775,807."),
        ("seed", "9223372036854775808", "seed is 9,223,372,036,854,775,808; it must be a whole number from 0 to "
         "9,223,372,036,854,775,807."),
        ("seed", "1.5", "seed needs a whole number from 0 to 9,223,372,036,854,775,807, not “1.5”."),
        ("emb_dim", "1" + "0" * 30, "emb_dim is a number of 31 digits; it must be a whole number from 1 to 1,000,000."),
        ("vocab_size", "0", "vocab_size is 0; it must be a whole number from 1 to 10,000,000."),
        ("n_heads", "3", "n_heads 3 does not divide emb_dim 128, so the width cannot be shared out. 2 or 4 would."),
        ("max_steps", "1e12", "max_steps needs a whole number from 1 to 1,000,000,000, not “1e12”."),
        ("learning_rate", "0", "learning_rate is 0; it must be above 0 and at most 1,000."),
        ("drop_rate", "1", "drop_rate is 1; it must be at least 0 and below 1."),
        ("weight_decay", "-0.1", "weight_decay is -0.1; it must be at least 0 and at most 1,000."),
        ("eval_every", "0", "eval_every is 0; it must be a whole number from 1 to 1,000,000,000."),
    ],
)  # fmt: skip
def test_form_and_terminal_refuse_a_number_with_one_sentence(key, text, sentence):
    checked = form_model.check(form_model.to_text(PRESETS["nano"]) | {key: text})
    assert checked.errors == {key: sentence}
    with pytest.raises(ConfigError) as refused:
        asked_run([f"--{key.replace('_', '-')}", text])
    assert (str(refused.value), refused.value.field) == (sentence, key)


def test_a_batch_that_no_machine_has_room_for_is_refused_beside_its_field(qtbot, workspace):
    type_into(qtbot, workspace, "batch_size", "1000000")
    qtbot.waitUntil(lambda: "fits, and as many tokens a step" in error(workspace, "batch_size"))
    assert error(workspace, "batch_size").startswith("The run needs about ") and workspace.draft.config is None
    type_into(qtbot, workspace, "batch_size", "12")
    qtbot.waitUntil(lambda: workspace.draft.config is not None)
    assert error(workspace, "batch_size") == ""


def test_a_vocabulary_that_is_far_too_large_is_said_and_can_start(qtbot, workspace):
    type_into(qtbot, workspace, "vocab_size", "50304")
    label = workspace.findChild(QLabel, "warning_vocab_size")
    qtbot.waitUntil(lambda: label.text().startswith("vocab_size 50,304 is far more than the 65 tokens there are"))
    assert label.isVisibleTo(workspace) and error(workspace, "vocab_size") == ""
    assert workspace.header.start_button.isEnabled() and workspace.draft.config is not None
    type_into(qtbot, workspace, "vocab_size", "128")
    qtbot.waitUntil(lambda: workspace.draft.config is not None)
    assert not label.isVisibleTo(workspace)


def test_every_number_of_a_configuration_and_a_prompt_has_a_rule_and_every_preset_keeps_it():
    numbers = {
        field.name for kind in (GPTConfig, RunConfig, Prompt) for field in msgspec.structs.fields(kind)
        if field.type in (int, float)
    }  # fmt: skip
    assert numbers == set(RULES)
    for run in PRESETS.values():
        run.check()


def test_several_numbers_that_cannot_be_are_told_each_beside_its_field():
    texts = form_model.to_text(PRESETS["nano"]) | {"seed": "-1", "max_steps": "0", "beta1": "x"}
    assert set(form_model.check(texts).errors) == {"seed", "max_steps", "beta1"}


@pytest.mark.parametrize(
    ("text", "point"), [("0,001", "0.001"), ("1,00", "1.00"), (",5", ".5"), ("1,5e-4", "1.5e-4"), ("-0,1", "-0.1")]
)
def test_a_comma_in_a_decimal_field_is_refused_and_never_left_out(text, point):
    for spec in RUN:
        if spec.kind == "float":
            checked = form_model.check(form_model.to_text(PRESETS["nano"]) | {spec.key: text})
            assert checked.config is None
            assert f"needs a point before its decimals, not a comma: {point}, not “{text}”." in checked.errors[spec.key]


def test_a_decimal_that_could_be_a_thousand_is_asked_about():
    checked = form_model.check(form_model.to_text(PRESETS["nano"]) | {"grad_clip": "1,000"})
    assert checked.errors["grad_clip"] == "grad_clip could mean 1000 or 1.000: write one of these."


@pytest.mark.parametrize(
    ("text", "value"),
    [("50,257", 50_257), ("1_000", 1000), ("12 345 678", 12_345_678), ("1,5", None), ("1,00,000", None),
     ("0,001", None), ("1,000_000", None), ("1.5", None)],
)  # fmt: skip
def test_a_whole_number_may_be_written_in_groups_of_three_digits_and_in_no_others(text, value):
    checked = form_model.check(form_model.to_text(PRESETS["nano"]) | {"max_steps": text})
    if value is None:
        assert f"needs a whole number from 1 to 1,000,000,000, not “{text}”." in checked.errors["max_steps"]
    else:
        assert checked.config is not None and checked.config.max_steps == value


def test_a_disk_that_fills_or_has_room_again_is_said_before_start(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft(tmp_path)
    qtbot.waitUntil(lambda: draft.config is not None)
    monkeypatch.setattr(disk_space.shutil, "disk_usage", lambda folder: SimpleNamespace(free=5_000))
    draft.look_again()
    qtbot.waitUntil(lambda: bool(draft.reason))
    assert draft.reason.startswith("The run needs about ") and draft.reason.endswith(f"{tmp_path} has 5 kB free.")
    assert draft.config is None
    draft.look_again()
    monkeypatch.undo()
    draft.look_again()
    qtbot.waitUntil(lambda: draft.config is not None)
    draft.close()


def test_what_can_be_pressed_answers_to_the_mouse_over_it(workspace):
    form = workspace.form
    pressed = [form.rows["preset"].editor, form.rows["device"].editor, form.findChild(QToolButton, "form_more")]
    for one in pressed:
        usual = one.grab().toImage()
        one.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        assert one.grab().toImage() != usual, one.objectName()
        one.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
        assert one.grab().toImage() == usual
