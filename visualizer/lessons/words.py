"""The reader's own words, in the language of the lessons."""

from __future__ import annotations

from dataclasses import dataclass

from engine.protocol.sentence import Sentence
from engine.shared import language


@dataclass(frozen=True)
class Words:
    lessons: str
    contents: str
    back: str
    next: str
    page: str
    run: str
    step: str
    run_tip: str
    original: str
    answer: str
    guess_hint: str
    run_first: str
    right: str
    wrong: str
    check: str
    done: str
    hint: str
    solution: str
    folder: str
    shipped: str
    n_pages: str
    n_asked: str
    close: str
    no_name: str  # what a check misses

    def said(self, sentence: Sentence) -> str:
        """What the engine says of an exercise."""
        return (
            self.no_name.format(**sentence.arguments) if sentence.code == "lesson.no_name" else language.said(sentence)
        )


WORDS = {
    "en": Words(
        lessons="Lessons",
        contents="Contents",
        back="Back",
        next="Next",
        page="{page} of {n_pages}",
        run="Run",
        step="Step through",
        run_tip="Put this program into the editor and run it; what is there now can be saved first",
        original="As it was",
        answer="Answer",
        guess_hint="What do you expect?",
        run_first="Now run the program: it decides.",
        right="✓  Yes, {truth}.",
        wrong="Not quite. PyTorch says {truth}.",
        check="Check",
        done="✓  Done.",
        hint="A hint",
        solution="Show one way",
        folder="Open a folder of lessons…",
        shipped="The lessons of the program",
        n_pages="{n_pages} pages",
        n_asked="{n_pages} pages, {n_done} of {n_asked} answered",
        close="Close the lessons",
        no_name="There is no {name} yet.",
    ),
    "pt_BR": Words(
        lessons="Lições",
        contents="Conteúdo",
        back="Voltar",
        next="Avançar",
        page="{page} de {n_pages}",
        run="Executar",
        step="Passo a passo",
        run_tip="Coloca este programa no editor e o executa; antes, o que está lá pode ser salvo",
        original="Como era",
        answer="Responder",
        guess_hint="O que você espera?",
        run_first="Agora execute o programa: ele decide.",
        right="✓  Sim, {truth}.",
        wrong="Ainda não. O PyTorch diz {truth}.",
        check="Conferir",
        done="✓  Feito.",
        hint="Uma dica",
        solution="Mostrar um caminho",
        folder="Abrir uma pasta de lições…",
        shipped="As lições do programa",
        n_pages="{n_pages} páginas",
        n_asked="{n_pages} páginas, {n_done} de {n_asked} respondidas",
        close="Fechar as lições",
        no_name="Ainda não existe {name}.",
    ),
}
