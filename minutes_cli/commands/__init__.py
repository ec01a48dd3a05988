"""See `minutes_cli.registry`: the folder is the table.

The docstring of a command begins with its one-line help in both languages, `中文。 | English.`, so that the page of
all commands can be written without importing them.  The module holds the command as `command`.
"""
