"""One file, one rule about several meetings: `check(archive)` yields findings, each for its file.  OF_A_FOLDER says that
it makes sense only where all files of a folder are there.

A page is written as in `rules/`; Bad and Good hold several meeting files, each begun by a line `=== name.md`, and
front matter that is not given is filled in as there.  See `minutes_cli.registry`: the folder is the table.
"""
