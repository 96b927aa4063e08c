"""What is said of a cell of a result, or of an operand: what it is made of, what it goes into, what chose it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.protocol.operations import AskSources, CellsOf, OperationSeen, SourcesShown
from engine.shared.language import tr, trn
from engine.shared.local_numbers import in_arithmetic
from visualizer.backprop.tensor_view.rank_words import index_words


def words_of(
    asked: AskSources, shown: SourcesShown, operation: OperationSeen, name: str, shape: tuple[int, ...]
) -> str:
    """The answer to a question about a cell, as a sentence. `name` and `shape` are the result's."""
    if asked.position >= 0:
        return _of_operand(asked, shown, operation, name, shape)
    here = index_words(name, asked.cell)
    if shown.text:
        return f"{here} = {in_arithmetic(shown.text)}"
    chose = list(_cells(shown.choosing, operation))
    made = _made_of(here, shown, operation, name)
    return tr("{words}; {cells} chose it", words=made, cells=", ".join(chose)) if chose else made


def _made_of(here: str, shown: SourcesShown, operation: OperationSeen, name: str) -> str:
    n_cells = sum(one.n_cells for one in shown.cells)
    if operation.written_since:
        return trn(
            "{cell} was made of {n} cell; {name} was written since",
            "{cell} was made of {n} cells; {name} was written since",
            n_cells,
            cell=here,
            name=name,
        )
    if not n_cells:
        return tr("{cell} is made of no cell of them", cell=here)
    alone = list(_cells(shown.cells, operation))
    if len(alone) == n_cells == 1:
        return tr("{cell} is made of {source}", cell=here, source=alone[0])
    return trn("{cell} is made of {n} cell", "{cell} is made of {n} cells", n_cells, cell=here)


def _of_operand(
    asked: AskSources, shown: SourcesShown, operation: OperationSeen, name: str, shape: tuple[int, ...]
) -> str:
    there = index_words(_operand_name(operation, asked.position), asked.cell)
    cells, chosen = shown.cells[0], shown.choosing[0] if shown.choosing else CellsOf((), 0)
    if not cells.n_cells and chosen.n_cells:
        return trn(
            "{cell} chooses what {n} cell of {name} is",
            "{cell} chooses what {n} cells of {name} are",
            chosen.n_cells,
            cell=there,
            name=name,
        )
    if not cells.n_cells:
        return tr("{cell} is in no cell of {name}", cell=there, name=name)
    if cells.n_cells == 1:
        return tr("{cell} goes into {target}", cell=there, target=_index_words(name, cells.indices[0], shape))
    n_cells = cells.n_cells
    words = {"cell": there, "name": name}
    return trn("{cell} goes into {n} cell of {name}", "{cell} goes into {n} cells of {name}", n_cells, **words)


def _cells(told: tuple[CellsOf, ...], operation: OperationSeen) -> Iterator[str]:
    """The cells of operands that are one alone."""
    for place, one in enumerate(told):
        shape = operation.operands[place].shape
        if one.n_cells == 1 and shape is not None:
            yield _index_words(_operand_name(operation, place), one.indices[0], shape)


def _operand_name(operation: OperationSeen, place: int) -> str:
    return operation.operands[place].name or tr("operand {number}", number=place + 1)


def _index_words(name: str, flat: int, shape: tuple[int, ...]) -> str:
    return index_words(name, tuple(int(place) for place in np.unravel_index(flat, shape)) if shape else ())
