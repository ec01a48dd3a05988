"""`minutes` and `python -m minutes_cli`."""

from minutes_cli.cli import minutes as main

__all__ = ["main"]

if __name__ == "__main__":
    main()
