"""The commands speak the language of their terminal, and tell numbers as commands read them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest

from engine.bench.command import main as bench
from engine.runs import arguments
from engine.runs.change_command import main as change
from engine.shared import language
from engine.shared.terminal import _WRONG, Parser, _asked, follow_environment, tell
from engine.train.command import main as train
from engine.train.export import main as export
from engine.train.sample_command import main as sample


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use(language.ENGLISH)


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt_BR"),
        ({"LANG": "pt_PT"}, "pt_BR"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "pt_BR.UTF-8"}, "pt_BR"),
        ({"LANG": "pt_BR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:pt_BR:en"}, "pt_BR"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "pt_BR"}, "en"),
        ({"LANG": "pt_BR.UTF-8", "LC_ALL": ""}, "pt_BR"),
        ({"LANG": "sr_RS@latin"}, "en"),
        ({}, "en"),
    ],
)
def test_a_terminal_speaks_the_language_of_its_environment(environment: dict[str, str], code: str) -> None:
    follow_environment(environment)
    assert language.spoken() == code


def test_a_modifier_of_a_locale_is_no_part_of_its_language() -> None:
    assert list(_asked({"LC_ALL": "ca_ES.UTF-8@valencia", "LANGUAGE": ""})) == ["", "ca_ES"]


def test_what_is_wrong_with_arguments_is_told_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    follow_environment({"LANG": "pt_BR.UTF-8"})
    parser = Parser("visualizer test", "…")
    parser.add_argument("run")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--step", type=int)
    either.add_argument("--stop", action="store_true")
    parser.add_argument("--preset", choices=("nano", "mini"))
    parser.add_argument("--names", nargs="+")
    told = []
    for words in ("", "a b", "a --preset x", "a --step x", "a --step", "a --names", "a --stop=1", "a --stop --step 1",
                  "a --st 1"):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            parser.parse_args(words.split())
        said = capsys.readouterr().err.splitlines()
        told.append(said[-1])
        assert ended.value.code == 2 and said[0].startswith("uso: visualizer test") and ": erro: " in said[-1]
    assert len(told) == len(_WRONG) == len(set(told))
    assert not any(word in " ".join(told) for word in ("argument ", "expected", "invalid", "required", "option:"))
    with pytest.raises(SystemExit):
        parser.parse_args(["--help"])
    assert "mostrar esta ajuda e terminar" in capsys.readouterr().out


def test_numbers_are_told_as_a_command_reads_them(capsys: pytest.CaptureFixture[str]) -> None:
    language.use("pt_BR")
    assert language.local("1,234.5") == "1.234,5"
    follow_environment({"LANG": "pt_BR.UTF-8"})
    assert language.local("1,234.5") == "1,234.5"
    tell(language.trn("{n} node", "{n} nodes", 1234))
    assert capsys.readouterr().err == "1,234 nós\n"


def test_a_command_refuses_a_number_in_words_of_the_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "pt_BR.UTF-8")
    assert change(["nowhere", "--learning-rate", "1,000"]) == 1
    assert capsys.readouterr().err == "learning_rate pode ser 1000 ou 1.000: escreva um dos dois.\n"
    with pytest.raises(SystemExit):
        arguments.asked_run(["--help"])
    assert "Quantos tokens o modelo vê de uma vez" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("command", [train, change, sample, export, bench])
def test_every_option_of_every_command_says_what_it_does_in_every_language(
    command: Callable[[list[str]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, dict[str, str]] = {}

    def look(parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        options = [each for each in parser._actions if each.help != argparse.SUPPRESS]
        told[code] = {each.dest: each.help or "" for each in options}
        raise SystemExit

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", look)
    for code in language.languages():
        monkeypatch.setenv("LC_ALL", code)
        with pytest.raises(SystemExit):
            command([])
    english = told.pop(language.ENGLISH)
    assert english and all(english.values()), [name for name, words in english.items() if not words]
    if command is not bench:  # which speaks English
        assert told and all(one.keys() == english.keys() for one in told.values())
        assert not [name for one in told.values() for name, words in one.items() if words in ("", english[name])]
