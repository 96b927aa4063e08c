"""The parameter groups of an optimizer, as far as they are some: a program may have put anything in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from torch import Tensor
from torch.optim import Optimizer

from engine.shared.static_reads import own_attributes


class Group(NamedTuple):
    """Its tensors, and what holds for them, the rate among it."""

    parameters: list[Tensor]
    settings: Mapping[str, Any]


def groups_of(optimizer: Optimizer) -> Iterator[Group]:
    """Those that are groups, in their order. Runs nothing of the program."""
    groups = own_attributes(optimizer).get("param_groups")
    for group in filter(_is_group, groups if type(groups) is list else ()):
        yield Group([one for one in group["params"] if issubclass(type(one), Tensor)], group)


def settings_of(optimizer: Optimizer) -> list[Mapping[str, Any]]:
    """What holds for each of its groups, without a look at their parameters."""
    groups = own_attributes(optimizer).get("param_groups")
    return [group for group in groups if type(group) is dict] if type(groups) is list else []


def held_by(optimizer: Optimizer) -> Iterator[Tensor]:
    """What an optimizer trains."""
    return (parameter for group in groups_of(optimizer) for parameter in group.parameters)


def is_whole(optimizer: Optimizer) -> bool:
    """Whether it has the state and the groups that PyTorch gives an optimizer."""
    own = own_attributes(optimizer)
    groups = own.get("param_groups")
    return "state" in own and type(groups) is list and all(map(_is_group, groups))


def _is_group(group: Any) -> bool:
    return type(group) is dict and type(group.get("params")) is list
