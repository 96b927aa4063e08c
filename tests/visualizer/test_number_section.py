"""The dtypes that took part beside that of the result, and the rule by which PyTorch came to it."""

from __future__ import annotations

from engine.protocol.number_types import NumberType, NumberTypeShown, OperandType
from engine.protocol.sentence import Sentence
from visualizer.backprop.inspector.number_section import NumberSection
from visualizer.look.spoken import use_language

RULE = Sentence.of("promotion.written", "It is written into: a tensor keeps its dtype, here {dtype}.", dtype="int64")


def test_a_table_stands_where_a_rule_is_known_also_of_one_operand(qtbot):
    section = NumberSection()
    qtbot.addWidget(section)
    operands = OperandType("x", "int64", 1), OperandType("1", "Python int", -1)
    for taken, rule, expected in ((operands, RULE, True), (operands[:1], RULE, True), (operands, None, False)):
        section.show_answer("x", NumberTypeShown(1, told=NumberType("int64", operands=taken, rule=rule)))
        text = section.operands.text()
        assert ("a tensor keeps its dtype, here int64" in text) == expected
        assert ("Python int" in text) == (expected and len(taken) > 1)
    section.show_answer("x", NumberTypeShown(1, told=NumberType("int64", operands=operands, rule=RULE)))
    use_language("pt_BR")
    assert "conserva o seu dtype" in section.operands.text()
