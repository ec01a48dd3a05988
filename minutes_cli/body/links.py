"""Where a link may lead."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = re.compile(r"(?:https?:|mailto:|tel:)", re.IGNORECASE)


def allowed(url: str) -> bool:
    """Whether a link may lead there: http, https, mailto, tel, an anchor, or a relative path that stays in its
    folder."""
    url = "".join(c for c in url.strip() if c > " ")
    if _ALLOWED.match(url) or not url:
        return True
    if _SCHEME.match(url) or url.startswith(("/", "\\")):
        return False
    path = unquote(url.split("#")[0].split("?")[0]).replace("\\", "/")
    return ".." not in path.split("/") and ":" not in path.split("/")[0] and not path.startswith("/")
