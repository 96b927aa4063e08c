"""The dialog of settings: searchable, and each holds at once."""
