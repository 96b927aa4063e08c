"""What made a tensor without a graph: the call, its operands as they were, and which cells became which."""
