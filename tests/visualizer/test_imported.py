"""Go to definition in the files beside the program's: ¦ is the cursor in the program, § where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from visualizer.app.module_reader import ModuleReader
from visualizer.backprop.program.imported import find, imported

FILES = {
    "net.py": "import torch\n\n\nclass Net:\n    size = 4\n\n    def forward(self): ...\n\n\n"
    "def make(): ...\n\n\nRATE = 0.1\n",
    "half.py": "def begun(:\n",
    "pack/__init__.py": "from .inner import Inner as Shown\nfrom . import loop\n",
    "pack/inner.py": "\nclass Inner: ...\n",
    "pack/deep/tools.py": "if True:\n    '🙂'; tool = 1\n",
    "pack/loop.py": "from pack.loop import endless\n",
}
CASES = {
    "from net import Net\n¦Net()": ("net.py", 4),
    "from net import N¦et": ("net.py", 4),
    "from n¦et import Net": ("net.py", 1),
    "from net import Net as N\nN¦()": ("net.py", 4),
    "from net import Net\nNet.for¦ward": ("net.py", 7),
    "import net\nnet.ma¦ke()": ("net.py", 10),
    "import net as n\nx = [n.RA¦TE]": ("net.py", 13),
    "import net\nn¦et.make()": ("net.py", 1),
    "from net import gone\ngon¦e": ("net.py", 1),
    "from .net import make\nmak¦e()": ("net.py", 10),
    "import half\nhalf.beg¦un": ("half.py", 1),
    "from pack import Shown\nShown¦()": ("pack/inner.py", 2),
    "import pack.deep.tools as t\nt.to¦ol": ("pack/deep/tools.py", 2),
    "import pack.deep.tools\npack.deep.tools.to¦ol": ("pack/deep/tools.py", 2),
    "from pack.deep import tools\ntools.to¦ol": ("pack/deep/tools.py", 2),
    "from pack.loop import endless\nendles¦s": ("pack/loop.py", 1),
    "from net import make\nmake(¦make(": ("net.py", 10),  # while it is being written
    "import torch\ntorch.on¦es(2)": None,
    "x = 1\nx¦": None,
    "¦": None,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("program")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("marked", CASES)
def test_a_name_leads_to_the_file_beside_the_program_that_makes_it(folder: Path, marked: str) -> None:
    before = marked.partition("¦")[0]
    column = len(before.rpartition("\n")[2])
    wanted = imported(marked.replace("¦", ""), before.count("\n") + 1, column)
    found = find(folder, wanted, lambda path: path.read_text("utf-8")) if wanted is not None else None
    expected = CASES[marked]
    assert (found and (str(found.path.relative_to(folder)), found.line)) == expected
    if expected == ("pack/deep/tools.py", 2) and found is not None:
        assert found.column == len("    '🙂'; ") + 1  # in UTF-16 units


def test_a_name_that_the_program_has_given_another_value_since_is_not_imported() -> None:
    text = "from net import make\nmake = 1\nmake"
    assert imported(text, 3, 2, made_at=2) is None and imported(text, 3, 2, made_at=1) is not None


def test_a_file_is_shown_at_its_line_to_be_read_and_alt_left_leads_back(qtbot, folder: Path) -> None:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    wanted = imported("from net import make", 1, 17)
    assert wanted is not None
    found = find(folder, wanted, Path.read_text)
    assert found is not None
    reader = ModuleReader(window, found, FILES["net.py"])
    reader.open()
    qtbot.waitUntil(reader.text.hasFocus)
    cursor = reader.text.textCursor()
    assert (cursor.blockNumber() + 1, cursor.block().text()) == (10, "def make(): ...")
    QTest.keyClick(reader.text, "x")
    assert reader.text.toPlainText() == FILES["net.py"] and reader.windowTitle() == "net.py, line 10"
    with qtbot.waitSignal(reader.finished, raising=True) as ended:
        QTest.keyClick(reader.text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert ended.args == [QDialog.DialogCode.Rejected.value]
