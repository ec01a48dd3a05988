"""Two texts in, what turns one into the other out, as `patch` and people read it.

Lines end where those of a `Source` do, so that a line separator or a page break in a line does not cut it.
"""

from __future__ import annotations

import re
from difflib import unified_diff

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def unified(name: str, before: str, after: str) -> str:
    """The differences with three lines around each; "" where there is none."""
    lines = unified_diff(_LINE.findall(before), _LINE.findall(after), name, name)
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n" for line in lines)
