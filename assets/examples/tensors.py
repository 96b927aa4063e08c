# Select each variable: a scalar is a number, a vector a strip, a matrix a table, rank 3 a stack of sheets.
import torch

torch.manual_seed(0)
scalar = torch.tensor(3.0)
vector = torch.arange(6)
matrix = vector.reshape(2, 3)
images = torch.rand(4, 3, 16, 16)  # batch, channel, row, column
transposed = matrix.T  # the same memory, read in another order
row_sums = matrix.sum(dim=1)
table = row_sums.unsqueeze(1) + torch.arange(4)  # (2, 1) and (4,) broadcast to (2, 4)
product = matrix.float() @ torch.rand(3, 2)
