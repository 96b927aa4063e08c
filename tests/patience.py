"""How long a test waits for what has to come. Only a test that fails waits to the end."""

PATIENCE_S = 100.0  # much on a machine that is ten times slower, too
PATIENCE_MS = round(1000 * PATIENCE_S)
