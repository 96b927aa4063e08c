"""The tensor builder writes a line that PyTorch runs, and says in one sentence what it cannot make."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from engine.protocol.errors import EngineError
from engine.protocol.tensor_values import Grid, TensorSummary
from visualizer.backprop.tensor_builder.dialog import TensorBuilder
from visualizer.backprop.tensor_builder.expression import (
    DIFFERENTIABLE,
    DTYPES,
    Description,
    expression,
    line,
)
from visualizer.backprop.tensor_builder.reading import parse_shape

BASE = Description(name="t", way="fill", fill="zeros", shape="4, 3")


def _made(description: Description) -> torch.Tensor:
    space: dict = {"torch": torch}
    exec(line(description), space)
    return space[description.name]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"fill": "zeros"}, torch.zeros(4, 3)),
        ({"fill": "ones", "shape": ""}, torch.ones(())),
        ({"fill": "full", "arguments": {"value": "7"}}, torch.full((4, 3), 7)),
        ({"fill": "full", "shape": "2", "arguments": {"value": "1.5"}}, torch.full((2,), 1.5)),
        ({"fill": "full", "shape": "", "arguments": {"value": "True"}}, torch.full((), True)),
        ({"fill": "arange", "arguments": {"start": "2", "end": "10", "step": "3"}}, torch.arange(2, 10, 3)),
        ({"fill": "linspace", "arguments": {"start": "0", "end": "1", "steps": "5"}}, torch.linspace(0, 1, 5)),
        ({"fill": "eye", "arguments": {"n": "3", "m": ""}}, torch.eye(3)),
        ({"fill": "eye", "arguments": {"n": "3", "m": "2"}}, torch.eye(3, 2)),
        ({"way": "values", "literal": "[[1, 2],\n [3, 4]]"}, torch.tensor([[1, 2], [3, 4]])),
        ({"way": "grid", "cells": (("1", ""), ("2.5", "-3"))}, torch.tensor([[1, 0], [2.5, -3]])),
    ],
)
def test_the_line_makes_the_tensor_that_was_described(changes: dict, expected: torch.Tensor) -> None:
    made = _made(replace(BASE, **changes))
    assert made.dtype == expected.dtype and torch.equal(made, expected)


@given(
    shape=st.lists(st.integers(0, 4), max_size=4),
    fill=st.sampled_from(["zeros", "ones", "rand", "randn"]),
    dtype=st.sampled_from(["", *DTYPES]),
    requires_grad=st.booleans(),
)
def test_any_shape_and_dtype_either_runs_or_is_refused(
    shape: list[int], fill: str, dtype: str, requires_grad: bool
) -> None:
    description = replace(BASE, fill=fill, shape=", ".join(map(str, shape)), dtype=dtype, requires_grad=requires_grad)
    may = (dtype or "float32") in DIFFERENTIABLE
    try:
        made = _made(description)
    except EngineError:
        assert not may and (requires_grad or fill in ("rand", "randn"))
        return
    assert tuple(made.shape) == tuple(shape) and made.requires_grad == requires_grad
    assert str(made.dtype) == f"torch.{dtype or 'float32'}"


def test_seeded_random_numbers_repeat_and_leave_the_programs_random_state_alone() -> None:
    description = replace(BASE, fill="randn", arguments={"seed": "3"})
    before = torch.get_rng_state()
    assert torch.equal(_made(description), _made(description))
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"name": "2x"}, "is no name"),
        ({"name": "for"}, "a word of Python"),
        ({"name": ""}, "a name"),
        ({"way": "values", "literal": "[[1, 2], [3]]"}, r"values\[1\] has the shape \(1,\)"),
        ({"way": "values", "literal": "[1, 2"}, "cannot be read"),
        ({"way": "values", "literal": "['a']"}, "no number"),
        ({"way": "values", "literal": "__import__('os')"}, "cannot be read"),
        ({"way": "values", "literal": "{[1]: 2}"}, "cannot be read"),
        ({"way": "values", "literal": "-" * 5000 + "1"}, "cannot be read"),
        ({"way": "grid", "cells": (("1", "x"),)}, "row 0, column 1"),
        ({"way": "grid", "cells": (("1", "{{}}"),)}, "row 0, column 1"),
        ({"shape": "²"}, "is no shape"),
        ({"shape": "9" * 5000}, "is no shape"),
        ({"fill": "eye", "arguments": {"n": "²"}}, "number of rows"),
        ({"fill": "arange", "arguments": {"start": "0", "end": "1e999", "step": "1"}}, "never arrives"),
        ({"fill": "arange", "arguments": {"start": "0", "end": "5", "step": "1e-320"}}, "never arrives"),
        ({"shape": "4, y"}, "is no shape"),
        ({"shape": "10000000000000"}, "40 TB"),
        ({"fill": "arange", "arguments": {"start": "0", "end": "5", "step": "-1"}}, "never arrives"),
        ({"fill": "arange", "arguments": {"start": "0", "end": "", "step": "1"}}, "Give end a number"),
        ({"dtype": "int64", "requires_grad": True}, "floating-point"),
    ],
)
def test_what_cannot_be_made_gets_one_sentence(changes: dict, part: str) -> None:
    with pytest.raises(EngineError, match=part):
        line(replace(BASE, **changes))


def test_shapes_are_read_as_people_write_them() -> None:
    assert [parse_shape(text) for text in ("4, 3", "(4, 3)", "4x3", "4 3", "5", "", "(5,)")] == [
        (4, 3), (4, 3), (4, 3), (4, 3), (5,), (), (5,),
    ]  # fmt: skip


@pytest.fixture
def builder(qtbot) -> TensorBuilder:
    dialog = TensorBuilder(("cpu",))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_dialog_previews_and_inserts_what_is_typed(builder: TensorBuilder, qtbot) -> None:
    with qtbot.waitSignal(builder.preview_wanted) as wanted:
        field = builder.findChild(QLineEdit, "builder_shape")
        field.selectAll()
        QTest.keyClicks(field, "2, 5")
    assert wanted.args == [expression(builder.description())]
    assert "torch.randn(2, 5, generator=torch.Generator().manual_seed(0))" in wanted.args[0]
    builder.show_preview(TensorSummary((2, 5), "float32", "cpu", thumbnail=Grid.of(np.eye(2, 5)), line="(2, 5) f32"))
    assert builder.has_preview
    QTest.keyClicks(builder.name, "W")
    with qtbot.waitSignal(builder.line_built) as built:
        QTest.mouseClick(builder.insert_button, Qt.MouseButton.LeftButton)
    assert built.args[0].startswith("W = torch.randn(2, 5")


def test_a_preview_that_waits_is_no_error_and_is_asked_for_again(builder: TensorBuilder, qtbot) -> None:
    builder.show_preview_waits(lambda: "Not yet.")
    preview = builder.findChild(QWidget, "builder_preview")
    assert preview.accessibleDescription() == "Not yet." and not builder._words.text()
    with qtbot.waitSignal(builder.preview_wanted):
        builder.ask_again()
    builder.show_preview(TensorSummary((2, 5), "float32", "cpu", thumbnail=Grid.of(np.eye(2, 5)), line="(2, 5) f32"))
    with qtbot.assertNotEmitted(builder.preview_wanted):
        builder.ask_again()
        assert builder.has_preview, "nothing is asked for anew"


def test_no_room_is_left_empty_under_a_fill_and_the_preview_has_the_rest(builder: TensorBuilder, qtbot) -> None:
    with qtbot.waitExposed(builder):
        builder.show()
    seed = builder.findChild(QLineEdit, "builder_seed")
    under = builder.dtype.mapTo(builder, builder.dtype.rect().topLeft()).y()
    assert under - seed.mapTo(builder, seed.rect().bottomLeft()).y() < seed.height()
    builder.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: builder.grid.height() > builder.fill.sizeHint().height())


def test_a_bad_name_disables_insert_and_says_why(builder: TensorBuilder) -> None:
    builder.name.selectAll()
    QTest.keyClicks(builder.name, "class")
    assert not builder.insert_button.isEnabled()
    assert "word of Python" in builder._words.text()
    builder.name.selectAll()
    QTest.keyClicks(builder.name, "sum")
    assert builder.insert_button.isEnabled() and "already means" in builder._words.text()


def test_cells_from_a_spreadsheet_fill_the_grid(builder: TensorBuilder) -> None:
    builder.tabs.setCurrentIndex(2)
    QApplication.clipboard().setText("1\t2\t3\t4\n5\t6\t7\t8\n")
    table = builder.grid.table
    table.setCurrentCell(0, 0)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert builder.grid.cells()[:2] == (("1", "2", "3", "4"), ("5", "6", "7", "8"))
    assert torch.equal(_made(builder.description())[1], torch.tensor([5, 6, 7, 8]))


def test_a_name_that_is_used_is_said_and_the_first_offer_is_free(qtbot) -> None:
    dialog = TensorBuilder(("cpu",), used={"t", "t2", "x"})
    qtbot.addWidget(dialog)
    assert dialog.name.text() == "t3" and not dialog._words.text()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "x")
    assert "already" in dialog._words.text() and dialog.insert_button.isEnabled()


def test_a_tensor_of_ten_trillion_elements_is_one_sentence(builder: TensorBuilder) -> None:
    field = builder.findChild(QLineEdit, "builder_shape")
    field.selectAll()
    QTest.keyClicks(field, "10000000, 1000000")
    assert builder._words.text() == "This tensor would need 40 TB; the builder makes up to 2.15 GB."
    assert not builder.insert_button.isEnabled() and not builder.has_preview


def test_the_keyboard_alone_builds_a_tensor(builder: TensorBuilder, qtbot) -> None:
    """From the name by Tab to the shape; Enter inserts."""
    builder.activateWindow()
    builder.name.setFocus()
    QTest.keyClicks(builder.name, "v")
    for _ in range(20):
        if QApplication.focusWidget().objectName() == "builder_shape":
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    field = QApplication.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, "7")
    with qtbot.waitSignal(builder.line_built) as built:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert "torch.randn(7," in built.args[0]
