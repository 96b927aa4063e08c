"""The wheel carries what the program needs, and finds it from any folder without a network."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

_LOADS_EVERYTHING = """
import sys
assert not any(path.rstrip("/") == sys.argv[1] for path in sys.path), "the checkout must not be on the path"
from engine.shared.assets import asset
assert sys.prefix in str(asset("gpt2.tiktoken")), asset("gpt2.tiktoken")
assert "First Citizen" in asset("corpora/tiny-shakespeare.txt").read_text()
assert len(asset("corpora/the-verdict.txt").read_text()) > 20_000
from engine.train.tokenizer import make_tokenizer
tokenizer = make_tokenizer("gpt2", "")
assert tokenizer.decode(tokenizer.encode("Hello, world")) == "Hello, world"
from PySide6.QtGui import QFontInfo, QGuiApplication
application = QGuiApplication([])
from visualizer.look import theme
assert QFontInfo(theme.current().font(12)).family() == "Inter"
from importlib.metadata import entry_points
(script,) = entry_points(group="console_scripts", name="visualizer")
assert callable(script.load())
"""


def test_every_folder_of_code_and_of_assets_is_named_as_a_package() -> None:
    packages = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    code = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for room in ("engine", "visualizer")
        for path in (ROOT / room).rglob("__init__.py")
    }
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "assets").rglob("*") if path.is_file()}
    assert packages == code | {".".join(("engine", *folder.parts)) for folder in folders}


@pytest.fixture(scope="module")
def clean_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel; what the wheel depends on is lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("clean")
    source = folder / "source"  # a copy: building in place leaves files
    source.mkdir()
    for name in ("engine", "visualizer", "assets", "setup"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source / name)
    left = source / "build/lib/engine/assets/lessons/en/9-gone.md"
    left.parent.mkdir(parents=True)
    left.write_text("# A lesson that an earlier build has packed\n")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(source),
    ]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    python = folder / "env" / "bin" / "python"
    # Without a pip of its own, and without compiling what nothing here imports: either takes longer than all the rest.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-compile"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    # A path line does not run the other environment's own .pth files, so its editable install stays out.
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return python


def test_an_installed_wheel_loads_font_tokenizer_and_corpus_from_any_folder(clean_python: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "https_proxy": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }
    run = subprocess.run(
        [str(clean_python), "-P", "-c", _LOADS_EVERYTHING, str(ROOT)],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_a_wheel_has_nothing_that_an_earlier_build_has_left(clean_python: Path) -> None:
    (lessons,) = clean_python.parents[1].glob("lib/python*/site-packages/engine/assets/lessons/en")
    assert {path.name for path in lessons.iterdir()} == {path.name for path in (ROOT / "assets/lessons/en").iterdir()}


def test_a_folder_named_engine_beside_the_program_is_not_run_instead(tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").write_text("raise SystemExit('the wrong engine')")
    run = subprocess.run(
        [sys.executable, "-P", "-m", "engine", "train", "--help"], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0 and "wrong engine" not in run.stderr
