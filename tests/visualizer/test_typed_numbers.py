"""The numbers of a run are written and typed as the language in use does, and none is guessed or cut."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from engine.runs.config import PRESETS
from engine.runs.config_rules import ConfigError
from engine.shared.numbers import fixed, plain
from tests.visualizer.kept_form import KeptForm
from visualizer.look.spoken import use_language
from visualizer.pretraining.form.form_model import to_text
from visualizer.pretraining.typed_text import as_read, as_typed

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


# Before there is a form, which would be said anew as often as these.
@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("language", ["en", "pt_BR"])
@pytest.mark.usefixtures("qapp")
def test_every_number_of_every_preset_comes_back(name, language):
    use_language(language)
    for text in to_text(PRESETS[name]).values():
        for is_whole in (True, False):
            assert as_read(as_typed(text, is_whole=is_whole), is_whole=is_whole) == text


@pytest.mark.parametrize("value", [0.001, 1.125, 12.345, 999.999, 1234.5, 1e-7, 3.5e-4, 0.0, 1.0, 1500.0])
def test_every_decimal_comes_back_in_portuguese(qapp, value):
    use_language("pt_BR")
    for text in (plain(value), fixed(value, 3), repr(value)):
        assert float(as_read(as_typed(text, is_whole=False), is_whole=False).replace(",", "")) == float(
            text.replace(",", "")
        )


@pytest.fixture(scope="module")
def kept_form(qapp, tmp_path_factory):
    """In Portuguese from the start, so that nothing of it is said anew around each test."""
    use_language("pt_BR")
    made = KeptForm(tmp_path_factory.mktemp("form") / "runs")
    yield made
    made.close()
    use_language("en")


@pytest.fixture
def workspace(kept_form):
    with kept_form.as_it_opens() as made:
        yield made


def field(workspace, key):
    return workspace.findChild(QLineEdit, f"field_{key}")


def type_into(qtbot, workspace, key, text):
    edit = field(workspace, key)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def error(workspace, key):
    label = workspace.findChild(QLabel, f"error_{key}")
    return label.text() if label.isVisibleTo(workspace) else ""


def test_in_portuguese_the_fields_show_commas_and_mean_the_preset(workspace):
    nano = PRESETS["nano"]
    assert field(workspace, "beta1").text() == "0,90"
    assert field(workspace, "drop_rate").text() == "0,0"
    assert field(workspace, "vocab_size").text() == "65"
    assert workspace.draft.checked.config.learning_rate == nano.learning_rate and workspace.draft.preset == "nano"


def test_what_is_a_text_and_no_number_stays_to_the_character(qtbot, workspace):
    for typed in ("1.000", "0,5", " then "):
        type_into(qtbot, workspace, "sample_prompt", typed)
        assert workspace.draft.checked.config.sample_prompt == typed == field(workspace, "sample_prompt").text()
    use_language("en")
    assert field(workspace, "sample_prompt").text() == " then "


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("learning_rate", "0,0003", 0.0003),
        ("learning_rate", "0.0003", 0.0003),
        ("learning_rate", "3e-4", 0.0003),
        ("learning_rate", "3,5e-4", 0.00035),
        ("grad_clip", "1.500,25", 1500.25),
        ("grad_clip", "1,500", 1.5),
        ("grad_clip", "0.100", 0.1),
        ("max_steps", "12.000", 12000),
        ("max_steps", "1.250.000", 1250000),
        ("max_steps", "1,250,000", 1250000),
        ("max_steps", "12000", 12000),
    ],
)
def test_a_comma_and_a_point_are_understood(qtbot, workspace, key, typed, value):
    type_into(qtbot, workspace, key, typed)
    assert field(workspace, key).text() == typed  # as it was typed
    assert getattr(workspace.draft.checked.config, key) == value and not error(workspace, key)


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("grad_clip", "1.500", "grad_clip pode ser 1500 ou 1,500: escreva um dos dois."),
        ("grad_clip", "1.50,25", "1.50,25"),
        ("learning_rate", "1,5,0", "1,5,0"),
        ("learning_rate", "1.2.3", "1.2.3"),
        ("max_steps", "12,5", "12,5"),
        ("max_steps", "12.5", "12.5"),
        ("max_steps", "1,000", "max_steps é um número inteiro: escreva 1000 se é isso que “1,000” quer dizer."),
        ("seed", "12,000", "seed é um número inteiro: escreva 12000 se é isso que “12,000” quer dizer."),
        ("max_steps", "1.20.000", "1.20.000"),
    ],
)
def test_what_could_mean_two_numbers_or_none_is_refused_and_stays(qtbot, workspace, key, typed, said):
    type_into(qtbot, workspace, key, typed)
    assert field(workspace, key).text() == typed
    assert said in error(workspace, key)
    assert workspace.draft.config is None and workspace.draft.checked.config is None


@pytest.mark.parametrize(
    ("language", "key", "typed", "read"),
    [
        ("pt_BR", "max_steps", "1.000", "Lido como 1000."),
        ("pt_BR", "grad_clip", "1,500", "Lido como 1,5."),
        ("pt_BR", "grad_clip", "1.500,25", "Lido como 1500,25."),
        ("pt_BR", "grad_clip", "1.500", ""),  # which is refused
        ("en", "max_steps", "1,000", "Read as 1000."),
        ("en", "max_steps", "50_257", "Read as 50257."),
        ("en", "seed", "12 345 678", "Read as 12345678."),
        ("en", "grad_clip", "1.500", "Read as 1.5."),
        ("en", "learning_rate", "0.001", ""),
        ("en", "learning_rate", "1e100", ""),
        ("en", "max_steps", "1000", ""),
    ],
)
def test_how_a_number_was_read_that_is_another_one_elsewhere_stands_below_it(
    qtbot, workspace, language, key, typed, read
):
    use_language(language)
    type_into(qtbot, workspace, key, typed)
    label = workspace.findChild(QLabel, f"caption_{key}")
    assert (label.text(), label.isVisibleTo(workspace)) == (read, bool(read))
    assert field(workspace, key).accessibleDescription() == read


def test_another_language_writes_the_same_numbers_otherwise(qtbot, workspace):
    type_into(qtbot, workspace, "learning_rate", "0,0025")
    use_language("en")
    assert field(workspace, "learning_rate").text() == "0.0025" and field(workspace, "drop_rate").text() == "0.0"
    use_language("pt_BR")
    assert field(workspace, "learning_rate").text() == "0,0025"
    assert workspace.draft.checked.config.learning_rate == 0.0025


def test_a_whole_number_that_is_grouped_as_another_language_does_is_asked_about(qtbot, workspace):
    type_into(qtbot, workspace, "max_steps", "1,000")
    use_language("en")  # where it would be the point
    assert field(workspace, "max_steps").text() == "1.000"
    assert error(workspace, "max_steps") == "max_steps takes whole numbers: write 1000 if that is what “1.000” means."
    type_into(qtbot, workspace, "max_steps", "1,000")
    assert workspace.draft.checked.config.max_steps == 1000 and not error(workspace, "max_steps")
    use_language("pt_BR")
    assert field(workspace, "max_steps").text() == "1.000" and not error(workspace, "max_steps")
    workspace.prompts.settings.edits["max_tokens"].setText("1,000")
    with pytest.raises(ConfigError, match="max_tokens takes whole numbers: write 1000"):
        workspace.prompts.settings.numbers()


def test_a_pasted_configuration_is_python_in_every_language(qtbot, workspace):
    QApplication.clipboard().setText('{"drop_rate": 0.25, "emb_dim": 96, "n_heads": 4}')
    edit = field(workspace, "n_heads")
    edit.setFocus()
    workspace.form.paste_wanted.emit(QApplication.clipboard().text())
    assert field(workspace, "drop_rate").text() == "0,25" and workspace.draft.texts["drop_rate"] == "0.25"


def test_a_temperature_of_a_prompt_takes_a_comma(workspace):
    row = workspace.prompts.settings
    row.edits["temperature"].setText("0,8")
    assert row.numbers()["temperature"] == 0.8
