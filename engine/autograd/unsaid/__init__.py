"""What a run did that neither it nor PyTorch says, and that only its passes together, or its optimizers, show."""
