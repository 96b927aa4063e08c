"""`python -m tests.visualizer.written_program TEXT`: what `python -c TEXT` does, in a process that is forked."""

import sys

exec(compile(sys.argv[1], "<string>", "exec"), {"__name__": "__main__"})
