"""Tensors into files and back, by the lines that the window puts into a program."""

from __future__ import annotations

import math
import os
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine.protocol.errors import EngineError
from engine.protocol.keys import VariableKey
from engine.protocol.messages import Finished
from engine.protocol.tensor_files import SUFFIXES, SaveTensor
from engine.tensors.files import save
from tests.engine.client import Client
from tests.named_targets import check_refuses, check_writes
from visualizer.app import table_dtype
from visualizer.app.table_dtype import dtype_of
from visualizer.app.tensor_lines import lines_for

DTYPES = [
    torch.float32,
    torch.float64,
    torch.float16,
    torch.int64,
    torch.int8,
    torch.uint8,
    torch.bool,
    torch.complex64,
]


def test_a_tensor_is_written_through_links_and_over_files_alone(tmp_path: Path) -> None:
    def refused(path: Path) -> str:
        with pytest.raises(EngineError) as error:
            save(torch.ones(3), path, "t")
        return str(error.value)

    for name, check, write in (
        ("written", check_writes, lambda path: save(torch.ones(3), path, "t")),
        ("refused", check_refuses, refused),
    ):
        (tmp_path / name).mkdir()
        check(tmp_path / name, ".npy", write)


def read(path: Path, used: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a program has after the lines for a file."""
    found = lines_for(path, used)
    namespace: dict[str, Any] = {}
    exec("\n".join((*found.imports, *found.lines)), namespace)
    return namespace


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("suffix", [".npy", ".npz", ".pt", ".safetensors"])
def test_every_element_comes_back(suffix: str, dtype: torch.dtype, tmp_path: Path) -> None:
    tensor = (torch.arange(24).reshape(2, 3, 4) - 5).to(dtype).transpose(0, 2)[1:]
    path = tmp_path / f"my data{suffix}"
    if suffix == ".safetensors" and dtype.is_complex:
        with pytest.raises(EngineError, match="safetensors has no complex64"):
            save(tensor, path, "w")
        return
    assert save(tensor, path, "w") == (path.stat().st_size, ())
    found = read(path)
    back = found["my_data"]
    back = back["w"] if suffix == ".safetensors" else found["w"] if suffix == ".npz" else back
    assert back.dtype == dtype and torch.equal(back, tensor)


PACKED = {
    "sparse_coo": lambda: torch.eye(3).to_sparse(),
    "sparse_csr": lambda: torch.eye(3).to_sparse_csr(),
    "sparse_bsr": lambda: torch.eye(4).to_sparse_bsr((2, 2)),
    "quantized": lambda: torch.quantize_per_tensor(torch.eye(3), 0.1, 2, torch.qint8),
    "quantized by channel": lambda: torch.quantize_per_channel(
        torch.eye(2), torch.tensor([0.1, 0.2]), torch.tensor([0, 1]), 0, torch.quint8
    ),
}


@pytest.mark.filterwarnings("ignore:Sparse", "ignore:TypedStorage")
@pytest.mark.parametrize("name", PACKED)
def test_a_sparse_or_quantized_tensor_keeps_its_form_where_the_file_can_and_else_it_is_said(
    name: str, tmp_path: Path
) -> None:
    tensor, layout = PACKED[name](), name.split()[0]
    assert save(tensor, tmp_path / "x.pt", "x").lost == ()
    back = read(tmp_path / "x.pt")["x"]
    assert (back.layout, back.dtype, back.is_quantized) == (tensor.layout, tensor.dtype, tensor.is_quantized)
    as_numbers = (lambda one: one.dequantize()) if tensor.is_quantized else (lambda one: one.to_dense())
    assert torch.equal(as_numbers(back), as_numbers(tensor))
    assert not tensor.is_quantized or torch.equal(back.int_repr(), tensor.int_repr())
    for suffix in (".npy", ".npz", ".safetensors", ".csv"):
        lost, *_ = save(tensor, tmp_path / f"x{suffix}", "x").lost
        assert (lost.code, lost.arguments["layout"]) == ("tensor_file.unpacked", layout)
    assert torch.equal(read(tmp_path / "x.npy")["x"], as_numbers(tensor))


LOST = {
    "float32 in a table": (torch.tensor([0.1, 2.0]), ".csv", []),
    "int64 in a table": (torch.tensor([[3, -7]]), ".csv", ["no_dtype"]),
    "a number in a table": (torch.tensor(2.0), ".csv", ["no_shape"]),
    "one number in a table": (torch.tensor([2.0]), ".csv", []),
    "a column in a table": (torch.tensor([[2.0], [3.0]]), ".csv", ["no_shape"]),
    "a row in a table": (torch.tensor([[2.0, 3.0]]), ".csv", []),
    "truth values in a table": (torch.tensor([True, False]), ".csv", ["no_dtype"]),
    "bfloat16 in a table": (torch.tensor([0.1]).bfloat16(), ".csv", ["no_dtype"]),
    "bytes in a picture": (torch.tensor([[0, 255]], dtype=torch.uint8), ".png", []),
    "fractions in a picture": (torch.tensor([[0.0, 0.3, 1.0]]), ".png", ["scaled"]),
    "whole numbers in a picture": (torch.tensor([[0, 200]]), ".png", ["as_bytes"]),
    "truth values in a picture": (torch.tensor([[True, False]]), ".png", ["as_bytes"]),
    "colours first": (torch.zeros(3, 5, 6, dtype=torch.uint8), ".png", ["turned"]),
    "colours first, of fractions": (torch.zeros(3, 5, 6), ".png", ["scaled", "turned"]),
    "colours last": (torch.zeros(5, 6, 3, dtype=torch.uint8), ".png", []),
}


@pytest.mark.parametrize("name", LOST)
def test_it_is_said_what_a_table_or_a_picture_does_not_have_and_only_that(name: str, tmp_path: Path) -> None:
    tensor, suffix, expected = LOST[name]
    lost = save(tensor, tmp_path / f"x{suffix}", "x").lost
    assert [one.code.removeprefix("tensor_file.") for one in lost] == expected
    back = read(tmp_path / f"x{suffix}")["x"]
    back = back[:, :, 0] if back.dim() == 3 and tensor.dim() == 2 else back
    is_same = back.dtype == tensor.dtype and back.shape == tensor.shape and torch.equal(back, tensor)
    assert is_same == (not expected), "nothing is lost where nothing is said, and something where it is"


@pytest.mark.filterwarnings("ignore:Sparse")
def test_a_sparse_tensor_too_large_to_unpack_has_room_in_a_file_of_its_own_form(tmp_path: Path) -> None:
    huge = torch.sparse_coo_tensor([[9], [9]], [1.0], (100_000, 100_000))
    assert save(huge, tmp_path / "huge.pt", "huge").n_bytes < 10_000
    with pytest.raises(EngineError, match="too many to unpack"):
        save(huge, tmp_path / "huge.npy", "huge")


def test_a_view_of_a_large_storage_is_saved_alone_and_without_its_graph(tmp_path: Path) -> None:
    whole = torch.zeros(1000, 1000, requires_grad=True)
    assert save(whole[:2, :2], tmp_path / "part.pt", "part").n_bytes < 10_000
    assert not read(tmp_path / "part.pt")["part"].requires_grad


def test_no_name_and_no_size_is_a_special_case(tmp_path: Path) -> None:
    save(torch.ones(3), tmp_path / "archive.npz", "file")
    assert read(tmp_path / "archive.npz")["file"].tolist() == [1, 1, 1]
    for shape in [(0,), (0, 3), (3, 0)]:
        with pytest.raises(EngineError, match="tells no shape of a tensor without elements"):
            save(torch.ones(shape), tmp_path / "none.csv", "x")
    save(torch.ones(()), tmp_path / "one.csv", "x")
    assert (tmp_path / "one.csv").read_text() == "1.0\n"


@pytest.mark.parametrize("suffix", [".csv", ".png"])
def test_complex_numbers_are_refused_for_what_they_are(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no place for complex numbers"):
        save(torch.ones(2, 2, dtype=torch.complex64), tmp_path / f"a{suffix}", "x")


def test_a_table_reads_back_to_the_last_digit_and_its_kinds_are_understood(tmp_path: Path) -> None:
    tensor = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    save(tensor, tmp_path / "table.csv", "")
    assert torch.equal(read(tmp_path / "table.csv")["table"], tensor)
    (tmp_path / "words.csv").write_text("length;width\n1.5;2\n3;4\n")
    assert read(tmp_path / "words.csv")["words"].tolist() == [[1.5, 2], [3, 4]]
    (tmp_path / "2 tabs.tsv").write_text("1\t2\n3\t4\n")
    assert read(tmp_path / "2 tabs.tsv")["_2_tabs"].tolist() == [[1, 2], [3, 4]]
    for text, rows in (("2.5\n", [2.5]), ("7\n", [7]), ("height\n2.5\n", [2.5]), ("1,2\n", [[1, 2]])):
        (tmp_path / "short.csv").write_text(text)
        assert read(tmp_path / "short.csv")["short"].tolist() == rows
    (tmp_path / "row.csv").write_text("1\n2\n3\n")
    assert read(tmp_path / "row.csv", used=("row",))["row_2"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("x;y\n1,5;2,25\n3,0;4,75\n", [[1.5, 2.25], [3, 4.75]]),  # decimal commas
        ("1,5;2,5\n3,5;4,5\n", [[1.5, 2.5], [3.5, 4.5]]),
        ('"a","b"\n"1.5","2"\n', [[1.5, 2]]),
        ("\ufeff1,2\n3,4\n", [[1, 2], [3, 4]]),
        ("name,score,age\nana,1.5,3\nbob,2,4\n", [[1.5, 3], [2, 4]]),  # a column of words
        ("a,b\n1,\n,4\n", [[1, math.nan], [math.nan, 4]]),
        ("1 2 3\n4 5 6\n", [[1, 2, 3], [4, 5, 6]]),
        ("# made in May\n1,2\n3,4\n", [[1, 2], [3, 4]]),  # a remark has no comma
        ("Report of May\n\na,b\n1,2\n3,4\n", [[1, 2], [3, 4]]),
        ("ana,1,2\nbob,3,4\n", [[1, 2], [3, 4]]),  # no row of names above
        ('name,a,b\n"x, y",1,2\n"z",3,4\n', [[1, 2], [3, 4]]),  # a separator inside of quotes
        ("a,b\n1,NA\n2,3\n-,4\n", [[1, math.nan], [2, 3], [math.nan, 4]]),
        ('"a";"b"\n"N/A";1,5\n2;?\n', [[math.nan, 1.5], [2, math.nan]]),
        ('"1,000","2,500.5"\n"-3,500","4"\n', [[1000, 2500.5], [-3500, 4]]),  # groups of three digits
        ('a,b\n"1,5","2,25"\n"3,0",4\n', [[1.5, 2.25], [3, 4]]),
        ('name;a;b\n"x; y";1,5;2\n"z";3;4,5\n', [[1.5, 2], [3, 4.5]]),
        ("a;b\n1.234,5;2\n-2.000;0,25\n", [[1234.5, 2], [-2000, 0.25]]),  # groups of three, and a decimal comma
        ("a;name;b\n1.234,5;1.2;2\n2.000,25;3.4;1.000\n", [[1234.5, 2], [2000.25, 1000]]),  # no such groups
        ("1,2 # first\n3,4\n", [[1, 2], [3, 4]]),  # a remark behind numbers is no name
        ("name,a,b\nC#,1,2\nD,3,4\n", [[1, 2], [3, 4]]),  # and what belongs to a cell is no remark
    ],
)
def test_no_number_of_a_table_is_lost_without_a_word(text: str, rows: list[list[float]], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    np.testing.assert_array_equal(read(tmp_path / "a.csv")["a"].numpy(), np.float32(rows))
    assert ("# without name" in lines_for(tmp_path / "a.csv", ()).lines[0]) == ("name" in text)


def test_a_table_of_words_is_refused_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("yes,no\nno,yes\n")
    with pytest.raises(EngineError, match=r"a\.csv has no column of numbers"):
        lines_for(tmp_path / "a.csv", ())
    for text in ("yes,no\n", "length\n", "# of rain\na;b\n\n"):
        (tmp_path / "a.csv").write_text(text)
        with pytest.raises(EngineError, match=r"a\.csv has names of columns, and no row of numbers"):
            lines_for(tmp_path / "a.csv", ())


@pytest.mark.parametrize(
    ("text", "numbers", "dtype", "remark"),
    [
        ("1\n16777217\n", [1, 16777217], torch.float64, "float32 would round 16777217"),
        ("1\n" * 40 + "-16777217\n", [1] * 40 + [-16777217], torch.float64, "float32 would round -16777217"),
        ('"a";"b"\n16777217;1,5\n', [16777217, 1.5], torch.float64, "float32 would round 16777217"),
        ("id,v\n1,\n16777217,4\n", [1, math.nan, 16777217, 4], torch.float64, "float32 would round 16777217"),
        ("33554432 16777216\n", [33554432, 16777216], torch.float32, ""),
        ("x\n9007199254740993\n-2\n", [9007199254740993, -2], torch.int64, "float64 would round 9007199254740993"),
        ("9007199254740993,0.5\n", [9007199254740992, 0.5], torch.float64, "9007199254740993 is rounded"),
        ("18446744073709551615\n", [2.0**64], torch.float64, "18446744073709551615 is rounded"),
        ("5.199999999999999,3\n", [np.float32(5.2), 3], torch.float32, "float32 rounds 5.199999999999999"),
        ("1,3e300\n", [1, 3e300], torch.float64, "float32 has no 3e300"),
        ("1\n" * 40 + "1e-50\n", [1] * 40 + [1e-50], torch.float64, "float32 has no 1e-50"),
        ("a;b\n1,2345678e-40;2\n", [1.2345678e-40, 2], torch.float64, "float32 has no 1,2345678e-40"),
        (f"1,0.{'0' * 45}1\n", [1, 1e-46], torch.float64, f"float32 has no 0.{'0' * 45}1"),
        ("1e-30,3.4028235e38,1e-45\n", np.float32([1e-30, 3.4028235e38, 1e-45]), torch.float32, ""),
        ("1,2,\n3,4,\n", [1, 2, 3, 4], torch.float32, "without 2"),  # a separator that ends each line
        ("0.1,1.2345678e-05\n", np.float32([0.1, 1.2345678e-05]), torch.float32, ""),
    ],
)
def test_whole_numbers_of_a_table_keep_their_last_digit_or_it_is_said(
    text: str, numbers: list[float], dtype: torch.dtype, remark: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    found = read(tmp_path / "a.csv")["a"]
    assert found.dtype == dtype
    np.testing.assert_array_equal(found.reshape(-1).numpy(), np.array(numbers))
    assert lines_for(tmp_path / "a.csv", ()).lines[0].partition("  # ")[2] == remark


def test_of_what_lies_beyond_the_part_that_is_looked_through_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_dtype, "_SCANNED", 1 << 10)
    remarks = {"1\n": "whole numbers beyond 16,777,216 would be rounded", "0.5\n": ""}
    for line, remark in remarks.items():
        (tmp_path / "a.csv").write_text(line * 2000)
        assert lines_for(tmp_path / "a.csv", ()).lines[0].partition("  # ")[2] == remark


def test_a_large_table_is_read_in_a_third_of_the_time_where_each_cell_has_a_number(tmp_path: Path) -> None:
    rows = "1.5;-2e3;x\n" * 100_000
    path = tmp_path / "a.csv"
    path.write_text(f"a;b;c\n{rows}7;8;y\n")
    found = read(path)["a"]
    assert "np.loadtxt(" in lines_for(path, ()).lines[0] and found.shape == (100_001, 2)
    assert found[:2].tolist() == [[1.5, -2000], [1.5, -2000]] and found[-1].tolist() == [7, 8]
    for gap in (";8;y", "7;;y", "7; ;y", "7;8;"):
        path.write_text(f"a;b;c\n{rows}{gap}\n")
        assert "np.genfromtxt(" in lines_for(path, ()).lines[0], gap
    path.write_text("NA;1\n" + "1;2\n" * 300_000)
    assert "np.genfromtxt(" in lines_for(path, ()).lines[0]


@pytest.mark.parametrize("dtype", [torch.int64, torch.float32, torch.float16, torch.uint8])
def test_a_saved_table_of_any_numbers_is_read_as_it_was(dtype: torch.dtype, tmp_path: Path) -> None:
    bounds = torch.iinfo(dtype) if not dtype.is_floating_point else torch.finfo(dtype)
    tensor = torch.tensor([[bounds.min, 1], [bounds.max, 0]], dtype=dtype)
    save(tensor, tmp_path / "table.csv", "")
    back = read(tmp_path / "table.csv")["table"]
    assert back.tolist() == tensor.tolist()


@pytest.mark.parametrize("number", ["1e39", "-2.5E+039", "1e100", "1e-46", f"0.{'0' * 46}1", "1.e50"])
def test_what_lies_beyond_float32_is_found_however_it_is_written(number: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1.5e+00,2\n" * 40 + f"{number},3\n")
    assert read(tmp_path / "a.csv")["a"].dtype == torch.float64


def test_lines_of_usual_numbers_with_exponents_are_not_split_one_by_one(tmp_path: Path) -> None:
    """The window waits for what looks through a table."""
    (tmp_path / "a.csv").write_text("3.803864327048998017e-01,2.5e+03\n" * 500)
    split: list[str] = []

    def cells_of(one: str) -> list[str]:
        split.append(one)
        return one.split(",")

    dtype_of(tmp_path / "a.csv", "utf-8", cells_of, str, (0, 1), [])
    assert not split


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig", "utf-8"])
def test_a_table_is_read_in_the_letters_that_it_was_written_in(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("é,b\n1,2\n", encoding=encoding)
    assert read(tmp_path / "a.csv")["a"].tolist() == [[1, 2]]


def test_of_an_archive_the_numbers_come_and_what_is_none_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "b.npz", x=np.arange(3), names=np.array(["a", "b"]))
    assert read(tmp_path / "b.npz")["x"].tolist() == [0, 1, 2]
    assert lines_for(tmp_path / "b.npz", ()).lines[0].endswith("# without names")


class Harm:
    """Asks for a call of the system where it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


class Settings:
    """Of a program, as people save it beside weights."""


def _bad_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files that open as lines, and words of the sentence that a run of them gives."""
    of_module, named = folder / "module.pt", folder / "named.pt"
    torch.save(torch.nn.Linear(2, 2), of_module)
    torch.save({"weights": torch.ones(2), "settings": Settings()}, named)
    yield of_module, "an object of torch.nn.modules.linear.Linear, not only tensors"
    yield named, "an object of tests.engine.test_tensor_files.Settings, not only tensors"
    torch.save({"best": np.float64(0.5)}, folder / "best.pt")
    yield folder / "best.pt", "NumPy's numpy"
    torch.save({"w": torch.ones(2), "x": Harm()}, folder / "harm.pt")
    yield folder / "harm.pt", "asks for posix.system to be called"
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), folder / "script.pt")
    yield folder / "script.pt", "TorchScript program"
    (folder / "pickled.pt").write_bytes(pickle.dumps({"a": [1, 2]}))
    yield folder / "pickled.pt", "a pickle that torch.save did not write"
    for whole in (of_module, folder / "saved.safetensors"):
        if whole is not of_module:
            save(torch.ones(20), whole, "x")
        cut = whole.with_stem("cut")
        cut.write_bytes(whole.read_bytes()[:-20])
        yield cut, "the file is damaged, or was not written to its end"
    with zipfile.ZipFile(folder / "other.pt", "w") as archive:
        archive.writestr("a.txt", "a")
    yield folder / "other.pt", "a zip archive that torch.save did not write"
    (folder / "ragged.csv").write_text("a,b,c\n1,2,3\n4,5\n6,7,8\n9\n")
    yield folder / "ragged.csv", "line 3 of the table has another number of columns (2 where 3 are expected)"
    (folder / "late.csv").write_text("1,2\n" * 40 + "3\n")
    yield folder / "late.csv", "line 41 of the table has another number of columns (1 where 2 are expected)"
    (folder / "word.csv").write_text("1,2\n" * 40 + "3,none\n")
    yield folder / "word.csv", "a column of numbers holds 'none', which is none"
    (folder / "large.csv").write_text("1.5,2\n" * 180_000 + "3,none\n")
    yield folder / "large.csv", "row 180001 of the numbers holds 'none', which is none"
    (folder / "part.csv").write_text("9007199254740993,2\n" * 40 + "3,1.5\n")
    yield folder / "part.csv", "a column of whole numbers holds '1.5', which int64 has not"


def test_a_file_that_cannot_be_read_is_one_clear_sentence(tmp_path: Path) -> None:
    with Client() as engine:
        for path, words in _bad_files(tmp_path):
            found = lines_for(path, ())
            error = engine.run("\n".join((*found.imports, *found.lines)))[-1].error
            assert error is not None and words in error.sentence, (path.name, error)
            assert len(error.sentence) < 300
        for written in (b"", b"hello there\n" * 9):
            (tmp_path / "text.pt").write_bytes(written)
            error = engine.run(f"import torch\nx = torch.load({str(tmp_path / 'text.pt')!r})")[-1].error
            assert error is not None and error.code == "file.no_pickle"


@pytest.mark.parametrize(
    "made", [np.asfortranarray, lambda array: array.astype(">f8"), np.float16, lambda array: array[0, 0]]
)
def test_an_array_of_any_order_is_a_tensor(made: Any, tmp_path: Path) -> None:
    array = np.asarray(made(np.arange(6.0).reshape(2, 3)))
    np.save(tmp_path / "float.npy", array)
    np.savez(tmp_path / "b.npz", x=array)
    for back in (read(tmp_path / "float.npy")["float_data"], read(tmp_path / "b.npz")["x"]):
        np.testing.assert_array_equal(back.numpy(), array)
        assert back.element_size() == array.itemsize


@pytest.mark.parametrize(
    "array",
    [np.array(["a"]), np.zeros(2, [("a", "f4")]), np.array([1, "a"], object), np.zeros(1, np.longdouble)],
    ids=str,
)
def test_what_is_no_array_of_numbers_is_said(array: np.ndarray, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", array, allow_pickle=True)
    with pytest.raises(EngineError, match="of which no tensor can be made"):
        lines_for(tmp_path / "a.npy", ())


def test_a_picture_keeps_its_bits_or_says_what_it_loses(tmp_path: Path) -> None:
    deep = (np.arange(20).reshape(4, 5) * 3000).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.png")
    np.testing.assert_array_equal(read(tmp_path / "deep.png")["deep"].numpy(), deep)
    fine = np.linspace(0, 1, 20, dtype=np.float32).reshape(4, 5)
    Image.fromarray(fine).save(tmp_path / "fine.tiff")
    np.testing.assert_array_equal(read(tmp_path / "fine.tiff")["fine"].numpy(), fine)
    colors = Image.fromarray(np.arange(60, dtype=np.uint8).reshape(4, 5, 3))
    colors.quantize(60).save(tmp_path / "palette.png")
    assert read(tmp_path / "palette.png")["palette"].shape == (4, 5, 3)
    assert not lines_for(tmp_path / "palette.png", ()).lines[0].endswith("transparency")
    colors.quantize(60).save(tmp_path / "hole.png", transparency=0)
    assert lines_for(tmp_path / "hole.png", ()).lines[0].endswith("; without transparency")
    colors.convert("RGBA").save(tmp_path / "clear.png")
    assert lines_for(tmp_path / "clear.png", ()).lines[0].endswith("; without transparency")
    colors.save(tmp_path / "moving.gif", save_all=True, append_images=[colors.rotate(180)])
    assert lines_for(tmp_path / "moving.gif", ()).lines[0].endswith("; the first of 2 pictures")


def test_a_photograph_stands_as_the_camera_was_held(tmp_path: Path) -> None:
    upright = np.zeros((16, 8, 3), np.uint8)
    upright[:8] = 255  # the upper half is bright
    for orientation, stored in ((6, np.rot90(upright)), (3, np.rot90(upright, 2)), (1, upright)):
        exif = Image.Exif()
        exif[0x0112] = orientation
        Image.fromarray(np.ascontiguousarray(stored)).save(tmp_path / "photo.jpg", exif=exif, quality=95)
        photo = read(tmp_path / "photo.jpg")["photo"]
        assert photo.shape == (16, 8, 3) and photo[:6].min() > 200 and photo[10:].max() < 55, orientation


def test_a_table_of_truth_values_reads_back(tmp_path: Path) -> None:
    for tensor in (torch.tensor([True]), torch.tensor([True, False]), torch.tensor([[True, False], [False, False]])):
        save(tensor, tmp_path / "mask.csv", "mask")
        assert torch.equal(read(tmp_path / "mask.csv")["mask"].bool(), tensor), tensor


def test_a_picture_is_what_is_seen_of_it_and_what_else_the_file_has_is_said(tmp_path: Path) -> None:
    colors = Image.fromarray(np.arange(60, dtype=np.uint8).reshape(4, 5, 3))
    colors.quantize(60).save(tmp_path / "palette.tif")
    assert torch.equal(read(tmp_path / "palette.tif")["palette"], torch.from_numpy(np.array(colors)))
    several = {"save_all": True, "append_images": [colors.rotate(180)]}
    colors.save(tmp_path / "moving.png", **several)
    colors.save(tmp_path / "pages.tif", **several)
    colors.save(tmp_path / "moving.webp", **several, lossless=True)
    colors.convert("CMYK").save(tmp_path / "inks.tif")
    half = colors.copy()
    half.putalpha(100)
    half.save(tmp_path / "half.webp", lossless=True)
    for name, remark in {
        "moving.png": "row, column, colour; the first of 2 pictures",
        "moving.webp": "row, column, colour; the first of 2 pictures",
        "pages.tif": "the first of 2 pictures",
        "inks.tif": "cyan, magenta, yellow, black",
        "half.webp": "row, column, colour; without transparency",
    }.items():
        assert lines_for(tmp_path / name, ()).lines[0].partition("  # ")[2] == remark, name


@pytest.mark.parametrize(
    ("stem", "name"),
    [("x²", "x2"), ("²x", "_2x"), ("፩ c", "_፩_c"), ("\udcffé", "é"), ("csv", "csv_data"), ("__", "data")],
)
def test_a_file_of_any_name_gives_a_variable_that_python_takes(stem: str, name: str, tmp_path: Path) -> None:
    np.save(tmp_path / f"{stem}.npy", np.arange(3))
    assert read(tmp_path / f"{stem}.npy")[name].tolist() == [0, 1, 2]


@pytest.mark.parametrize("shape", [(4, 5), (4, 5, 3), (3, 4, 5), (1, 4, 5)])
def test_pictures_keep_their_pixels(shape: tuple[int, ...], tmp_path: Path) -> None:
    pixels = torch.randint(0, 256, shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    save(pixels, tmp_path / "a.png", "")
    save(pixels.double() / 255, tmp_path / "b.png", "")
    back = read(tmp_path / "a.png")["a"]
    expected = pixels.permute(1, 2, 0) if shape[-1] == 5 and len(shape) == 3 else pixels
    assert torch.equal(back, expected[..., 0] if expected.shape[-1] == 1 else expected)
    assert torch.equal(read(tmp_path / "b.png")["b"], back)


@pytest.mark.parametrize(
    ("tensor", "suffix", "said"),
    [
        (torch.ones(2).bfloat16(), ".npy", "NumPy has no bfloat16: write .pt"),
        (torch.ones(2, 2, 2), ".csv", "one or two axes; this has the shape (2, 2, 2)"),
        (torch.ones(7), ".png", "this has (7,)"),
        (torch.full((2, 2), -1.0), ".png", "these go from -1.0 to -1.0"),
        (torch.full((2, 2), float("nan")), ".png", "no place for NaN"),
        (torch.ones(2), ".xyz", "x.xyz is none of these"),
        (torch.ones(2, device="meta"), ".npy", "meta"),
    ],
)
def test_what_a_format_cannot_hold_is_said(tensor: torch.Tensor, suffix: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as refused:
        save(tensor, tmp_path / f"x{suffix}", "x")
    assert said in str(refused.value) and not list(tmp_path.iterdir())


def test_whatever_a_damaged_file_makes_a_library_raise_is_one_sentence(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(3))
    whole = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(whole.replace(b"}", b"{"))  # NumPy raises a TokenError
    np.savez_compressed(tmp_path / "b.npz", x=np.arange(3))
    whole = (tmp_path / "b.npz").read_bytes()
    (tmp_path / "b.npz").write_bytes(
        whole.replace(b"\x08\x00\x00\x00!\x00", b"\x63\x00\x00\x00!\x00")
    )  # NotImplementedError
    deep = b"[" * 100_000 + b"]" * 100_000
    (tmp_path / "c.safetensors").write_bytes(len(deep).to_bytes(8, "little") + deep)  # RecursionError
    for path in tmp_path.iterdir():
        with pytest.raises(EngineError, match="no whole"):
            lines_for(path, ())


def test_what_would_fail_or_wait_in_the_program_is_said_before(tmp_path: Path) -> None:
    cut, negative, pipe = (tmp_path / name for name in ("cut.npy", "less.npy", "pipe.png"))
    np.save(cut, np.arange(100.0))
    whole = cut.read_bytes()
    negative.write_bytes(whole.replace(b"(100,), ", b"(-10,), "))
    cut.write_bytes(whole[:-1])
    with zipfile.ZipFile(tmp_path / "cut.npz", "w") as archive:
        archive.writestr("a.npy", whole[:-1])
    os.mkfifo(pipe)
    for path, why in ((cut, "whole"), (negative, "whole"), (tmp_path / "cut.npz", "whole"), (pipe, "a pipe")):
        with pytest.raises(EngineError, match=why):
            lines_for(path, ())


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".safetensors", ".pt", ".csv", ".png", ".xyz"])
@pytest.mark.parametrize("content", [None, b"", b"\x00garbage\xff"])
def test_what_is_no_such_file_is_one_sentence(suffix: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / f"broken{suffix}"
    if content is not None:
        path.write_bytes(content)
    if content and suffix == ".csv":
        return  # only the program that reads it can tell
    with pytest.raises(EngineError):
        lines_for(path, ())


def test_a_tensor_of_a_program_is_saved_by_its_engine(tmp_path: Path) -> None:
    with Client() as engine:
        engine.run("import torch\nx = torch.arange(6.0, requires_grad=True)\ny = x * 2")
        for suffix in SUFFIXES:
            answer = engine.ask(SaveTensor(key=VariableKey("y"), path=str(tmp_path / f"y{suffix}"), name="y"))
            if suffix != ".png":
                assert answer.n_bytes == (tmp_path / f"y{suffix}").stat().st_size
        refused = engine.ask(SaveTensor(key=VariableKey("y"), path=str(tmp_path / "no" / "y.npy"), name="y"))
        assert "could not be written: its folder is not there" in refused.sentence
        engine.send(SaveTensor(key=VariableKey("y"), path=str(tmp_path / "z.npy"), name="y"))
        assert engine.run("z = 1")[-1].__class__ is Finished
    assert np.load(tmp_path / "y.npy").tolist() == [0, 2, 4, 6, 8, 10]
