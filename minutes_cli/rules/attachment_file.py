"""An attachment's file does not exist, or lies outside the meeting's folder.
附件的檔案不存在，或不在會議紀錄的資料夾裡。

Why: The minutes link to it.  A path out of the folder works on one computer only, and could hand out what does not
belong to the meeting.
為什麼：印出來的紀錄會連到這個檔案。指到資料夾外面的路徑換一台電腦就失效，也可能把不該給的檔案交出去。

Bad:

    ---
    attachments:
      - title: 議程
        file: 不存在的議程.pdf
    ---

    ## 報告事項

    一、議程如附件1。

Good:

    ---
    attachments:
      - title: 議程
        url: https://example.org/議程.pdf
    ---

    ## 報告事項

    一、議程如附件1。
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.rules._beside import leads_out, path_of, stays

CODE = "attachment-file"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    attachments = minutes.meta.data.get("attachments")
    if not isinstance(attachments, list):
        return
    for i, attachment in enumerate(attachments):
        file = attachment.get("file") if isinstance(attachment, dict) else None
        if isinstance(file, str) and file.strip():
            found = _judge(file, minutes.source.path)
            if found:
                message, hint = found
                yield Diagnostic(minutes.meta.where("attachments", i, "file"), CODE, message, hint=hint)


def _judge(file: str, meeting: Path | None) -> tuple[Say, Say] | None:
    outside = (
        Say(
            f"附件的檔案「{file}」不在會議紀錄的資料夾裡",
            f"the attachment's file {file!r} lies outside the meeting's folder",
        ),
        Say(
            "請把檔案放到會議紀錄旁邊，寫相對路徑，例如 附件/議程.pdf",
            "put it beside the minutes and write a relative path",
        ),
    )
    if leads_out(file):
        return outside
    if meeting is None:
        return None
    if not os.path.isfile(path_of(file, meeting)):  # noqa: PTH113
        return (
            Say(f"找不到附件的檔案「{file}」", f"there is no file {file!r}"),
            Say(
                "請查對檔名（從會議紀錄所在的資料夾找起），或把檔案放進去",
                "look up the name, counted from the folder of the minutes",
            ),
        )
    return None if stays(file, meeting) else outside
