"""The command line of the window: what is no command or file opens nothing."""

import pytest

from visualizer.__main__ import main, usage


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["tour", "--help"], ["tour", "pictures", "-h"]])
def test_help_is_printed_and_nothing_opens(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr() == (usage(), "")


@pytest.mark.parametrize("words", [["--fast"], ["tour", "--fast"], ["tour", "pictures", "--fast"]])
def test_an_option_that_there_is_not_is_named(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"There is no option --fast.\n\n{usage()}")
