"""The lessons: plain files, read page by page beside the panels, with what a page asks of the program."""
