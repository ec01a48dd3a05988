"""An attachment's file is not the one whose checksum is given.
附件的檔案，跟寫下的雜湊值不合。

Why: The checksum says which version of the file the meeting had.  Another one was put in its place since, or the file
was saved anew.
為什麼：雜湊值是為了證明附件就是開會時的那一份。不合，表示檔案後來換過，或重新存過。

Bad:

    ---
    attachments:
      - title: 簽到表
        file: 簽到表.txt
        sha256: '000000003ddbebef90646d5b9dfa8dd8d6f5d159f4f4a6d233a0529842ec159e'
    ---

    ## 報告事項

    一、出席情形如附件1。

Good:

    ---
    attachments:
      - title: 簽到表
        file: 簽到表.txt
        sha256: '539340f43ddbebef90646d5b9dfa8dd8d6f5d159f4f4a6d233a0529842ec159e'
    ---

    ## 報告事項

    一、出席情形如附件1。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._beside import leads_out, path_of, stays

CODE = "attachment-checksum"

_SHA256 = "[0-9A-Fa-f]{64}"
_HINT = Say(
    "請找出原來的檔案；若是有意更換，請改寫雜湊值",
    "find the file as it was; if it was changed on purpose, write its new checksum",
)


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    attachments = minutes.meta.data.get("attachments")
    for i, attachment in enumerate(attachments if isinstance(attachments, list) else ()):
        given = attachment.get("sha256") if isinstance(attachment, dict) else None
        if not isinstance(given, str) or not re.fullmatch(_SHA256, given):
            continue
        found = _checksum(attachment.get("file"), minutes.source.path)
        if found and found != given.lower():
            file = attachment["file"]
            message = Say(
                f"「{file}」的雜湊值是 {found[:8]}…，這裡寫的是 {given[:8]}…",
                f"the checksum of {file!r} is {found[:8]}…, not {given[:8]}…",
            )
            yield Diagnostic(minutes.meta.where("attachments", i, "sha256"), CODE, message, hint=_HINT)


def _checksum(file: object, meeting: Path | None) -> str:
    """The checksum of a file beside the meeting; "" where there is none that can be read."""
    if not isinstance(file, str) or not file.strip() or meeting is None or leads_out(file):
        return ""
    with suppress(OSError), Path(path_of(file, meeting)).open("rb") as opened:
        if stays(file, meeting):
            import hashlib  # late, because few attachments have a checksum

            return hashlib.file_digest(opened, "sha256").hexdigest()
    return ""
