"""Text in, XML out: escaped, and without the characters that no XML document may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
# A parser turns plain line ends and tabs of an attribute into spaces.
_ATTRIBUTE = {**_TEXT, **str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})}


def text(value: str) -> str:
    """`value` as the text of an element."""
    return _FORBIDDEN.sub("\ufffd", value).translate(_TEXT)


def tag(name: str, attributes: Mapping[str, object]) -> str:
    """A start tag without its last `>`."""
    written = (f'{key}="{_FORBIDDEN.sub("�", str(value)).translate(_ATTRIBUTE)}"' for key, value in attributes.items())
    return " ".join((f"<{name}", *written))
