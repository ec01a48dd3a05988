"""See `minutes_cli.registry`: the folder is the table."""
