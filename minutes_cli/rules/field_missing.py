"""A field that the layout requires, though the format does not, is missing from the front matter.
開頭缺少這種版面必須有的欄位。

Why: Some records are void without it: an owners' meeting states its quorum by persons and by area.  Each layout says
in its profile.yaml (required_fields) which fields a record of its kind must have.
為什麼：有些會議的紀錄少了它就不成立，例如區分所有權人會議要載明出席的人數與面積。
各版面必須有的欄位寫在 profile.yaml 的 required_fields。

Bad:

    ---
    kind: procurement
    ---

    ## 報告事項

    一、業務報告。

Good:

    ---
    kind: procurement
    quorum: {expected: 9, present: 7, unit: 人}
    ---

    ## 報告事項

    一、業務報告。
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.front.vocabulary import root, schema
from minutes_cli.source import Span

CODE = "field-missing"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    meta, always = minutes.meta, schema(minutes.meta.schema).get("required", ())
    for field in minutes.profile.required_fields:
        if field in always or field in meta.broken or meta.data.get(field) not in (None, "", [], {}):
            continue  # what every meeting needs, the schema asks for
        if field in ("start", "end") and "sittings" in meta.data:
            continue
        known = root(meta.schema).below(field)
        key = (known.label if meta.chinese else field) or field
        message = Say(
            f"「{minutes.profile.title or minutes.profile.name}」的版面要有「{known.label or field}」欄，這份紀錄沒有",
            f"the layout {minutes.profile.name} requires the field {field}; it is missing",
        )
        hint = Say(f"請在開頭兩行 --- 之間加上「{key}: …」", f"add 「{key}: …」 between the two --- lines")
        place = meta.where(field) if field in meta.data else Span(0, min(3, len(minutes.source.text)))
        yield Diagnostic(place, CODE, message, hint=hint)
