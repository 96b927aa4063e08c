"""Which values were there before a run: a module that is gone lends its id to none that is made later."""

import torch

from engine.program.living_ids import LivingIds


def test_a_module_is_known_for_as_long_as_it_lives():
    module, number = torch.nn.Linear(2, 2), 12345678
    known = LivingIds([module, number])
    gone = id(module)
    assert gone in known and id(number) in known and len(known) == 2
    del module
    assert gone not in known and set(known) == {id(number)}


def test_an_optimizer_too():
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.1)
    known = LivingIds([optimizer])
    gone = id(optimizer)
    del optimizer
    assert gone not in known
