"""Each thing that the language server does, on the ministry's example, in two editors that count differently, with an
emoji and a rare character before the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import EXAMPLE
from editor import Editor
from lsprotocol import types

from minutes_cli import check
from minutes_cli.authoring import format as formatter
from minutes_cli.front import decode
from minutes_cli.source import Source

ODD = "😀𠮷"
FAULTY = """\
---
title: 第2次會議 😀
date: 2015-09-24（星期五）
start: 9:00
location: 會議室
chair: 周　翊
recorder: 曾志明
attendees: 周翊、李大同
attachments:
  - 簡報
---

## 報告事項

一、甲案（如附件1）。
三、😀𠮷乙案，如附件9。
"""


@pytest.fixture
def opened(editor: Editor, example: str) -> str:
    """The example, with odd characters in the lines that are asked about."""
    text = example.replace("1. 經濟部工業局", f"1. {ODD}經濟部工業局").replace("7. 請中小", f"7. {ODD}請中小")
    return editor.open(text, "moea-open-data-2.md")


def find(editor: Editor, uri: str, words: str, within: int = 0) -> int:
    return editor.texts[uri].index(words) + within


def test_diagnostics_are_those_of_check(editor: Editor) -> None:
    uri = editor.open(FAULTY)
    expected = [
        (found.code, FAULTY[slice(*found.span)], found.severity, found.message.zh, found.hint.zh, bool(found.fix))
        for found in check.check(Source("m.md", FAULTY)).diagnostics
    ]
    assert {code for code, *_ in expected} >= {"weekday", "number-missing", "attachment-unlisted"}
    severities = {1: "error", 2: "warning", 3: "info"}
    told = [
        (
            one.code,
            editor.span(uri, one.range),
            severities[int(one.severity or 0)],
            one.message.partition("\n")[0],
            one.data["hint"],
            one.data["fixable"],
        )
        for one in editor.diagnostics(uri)
    ]
    assert told == expected


def test_the_example_is_clean(editor: Editor, opened: str) -> None:
    assert editor.diagnostics(opened) == ()


def test_the_settings_of_the_folder_count(editor: Editor) -> None:
    folder = editor.folder / "office"
    folder.mkdir(exist_ok=True)
    settings = folder / "minutes.toml"
    settings.write_text('ignore = ["weekday"]\n[severity]\nnumber-missing = "info"\n', encoding="utf-8")
    uri = editor.open(FAULTY, "office/m.md")
    told = {one.code: one.severity for one in editor.diagnostics(uri)}
    assert "weekday" not in told
    assert told["number-missing"] == types.DiagnosticSeverity.Information
    settings.write_text("ignore = 1\n", encoding="utf-8")
    document = types.TextDocumentIdentifier(uri)
    editor.told.clear()
    editor._send(lambda: editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document)))
    assert {"settings", "weekday"} <= {str(one.code) for one in editor.diagnostics(uri)}
    settings.unlink()


def test_a_quick_fix_mends(editor: Editor) -> None:
    uri = editor.open(FAULTY)
    place = find(editor, uri, "三、")
    fixes = editor.actions(uri, place, place, ["quickfix"])
    fix = next(one for one in fixes if one.diagnostics and one.diagnostics[0].code == "number-missing")
    assert fix.edit
    assert editor.edited(uri, fix.edit) == FAULTY.replace("三、", "二、")


def test_fix_all_mends_what_check_mends(editor: Editor) -> None:
    uri = editor.open(FAULTY)
    (action,) = editor.actions(uri, 0, 0, ["source.fixAll"])
    assert action.kind == "source.fixAll.minutes"
    assert action.edit
    mended = editor.edited(uri, action.edit)
    assert "二、😀𠮷乙案" in mended
    assert not [one for one in check.check(Source("m.md", mended)).diagnostics if one.fix and not one.unsafe]
    assert editor.actions(uri, 0, 0, ["refactor"]) == []


def test_fix_all_waits_until_it_is_wanted(editor: Editor) -> None:
    uri = editor.open(FAULTY)
    action = next(one for one in editor.actions(uri, 0, 0) if one.kind == "source.fixAll.minutes")
    if action.edit is None:  # what Neovim and VS Code ask for
        action = editor.wait(editor.client.code_action_resolve_async(action))
    assert action.edit
    assert "二、😀𠮷乙案" in editor.edited(uri, action.edit)


def test_completion_of_attachments_behind_an_emoji(editor: Editor, opened: str) -> None:
    place = find(editor, opened, f"1. {ODD}", 3 + len(ODD))
    editor.change(opened, place, place, "附件")
    offers = editor.complete(opened, place + 2)
    second = next(one for one in offers if one.label == "附件2")
    assert second.detail == "經濟部工業局開放資料業務推動情形"
    assert isinstance(second.text_edit, types.TextEdit)
    assert editor.edited(opened, [second.text_edit])[place - 2 : place + 4] == f"{ODD}附件2經"


def test_completion_of_keys_in_the_language_of_the_file(editor: Editor) -> None:
    english = editor.open("---\ntitle: 😀\nst\n---\n")
    assert {"start", "status"} <= {one.label for one in editor.complete(english, 15)}
    chinese = editor.open("---\n會議名稱: 😀\n狀\n---\n")
    (offer,) = editor.complete(chinese, 13)
    assert (offer.label, offer.detail) == ("狀態", "status")
    assert isinstance(offer.documentation, types.MarkupContent)
    assert "初稿" in offer.documentation.value
    assert isinstance(offer.text_edit, types.TextEdit)
    assert editor.edited(chinese, [offer.text_edit]) == "---\n會議名稱: 😀\n狀態: \n---\n"


def test_completion_of_earlier_decisions(editor: Editor, example: str) -> None:
    head, body = example.split("## 伍", 1)
    head = head.replace("session: 2", "session: 3").replace("第2次", "第3次").replace("2015-09-24", "2015-12-24")
    row = "## 歷次會議決議追蹤\n\n| 決議 | 辦理情形 |\n| --- | --- |\n| 😀 第 |  |\n\n"
    uri = editor.open(f"{head}{row}## 伍{body}", "moea-open-data-3.md")
    offers = editor.complete(uri, find(editor, uri, "😀 第", 3))
    names = [one.label for one in offers]
    assert names[:2] == ["第2次會議決議1", "第2次會議決議2"]
    assert "第1次會議決議3" in names
    assert next(one for one in offers if one.label == "第1次會議決議3").detail == "請各單位提報清單。"
    editor.shut(uri)


def _hover(editor: Editor, uri: str, offset: int) -> str:
    found = editor.wait(editor.client.text_document_hover_async(editor.at(types.HoverParams, uri, offset)))
    assert isinstance(found.contents, types.MarkupContent)
    return f"{editor.span(uri, found.range)} → {found.contents.value}"


def test_hover(editor: Editor, opened: str) -> None:
    assert (
        _hover(editor, opened, find(editor, opened, "(如附件2)", 3))
        == "附件2 → 附件2：經濟部工業局開放資料業務推動情形"
    )
    assert "會議的類別" in _hover(editor, opened, find(editor, opened, "kind", 1))
    assert _hover(editor, opened, find(editor, opened, "2015-09-24", 4)) == "2015-09-24 → 2015-09-24（星期四）"
    decision = _hover(editor, opened, find(editor, opened, "報告時間15分鐘"))
    assert "moea-open-data/2-7" in decision
    assert "主辦：中小企業處、台灣電力公司\n期限：下次會議\n列管：是" in decision
    reference = _hover(editor, opened, find(editor, opened, "第1次會議結論3", 3))
    assert "請各單位提報清單。\n主辦：資訊中心\n期限：2015-09-30\n列管：是" in reference


def test_hover_on_a_roc_date_behind_an_emoji(editor: Editor) -> None:
    uri = editor.open(FAULTY.replace("乙案", "於民國115年1月2日前完成乙案"))
    assert _hover(editor, uri, find(editor, uri, "115年", 2)) == "民國115年1月2日 → 2026-01-02（星期五）"


def test_outline_with_computed_numbers(editor: Editor, opened: str) -> None:
    document = types.TextDocumentIdentifier(opened)
    found = editor.wait(editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document)))
    assert [one.name for one in found] == [
        "經濟部政府資料開放諮詢小組第2次會議",
        "伍、主席致詞",
        "陸、專題分享",
        "柒、報告事項",
        "捌、討論事項",
        "玖、決議事項",
    ]
    seventh = found[5].children[6]
    assert seventh.name.startswith(f"七、{ODD}請中小企業處")
    assert seventh.detail == "七、　moea-open-data/2-7"
    speakers = next(one for one in found[2].children if one.name == "發言重點").children
    assert [one.name for one in speakers] == ["（一）劉委員嘉凱", "（二）鄭委員依桓", "（三）吳委員小琳"]
    _nested(editor, opened, found)


def _nested(editor: Editor, uri: str, symbols: list[types.DocumentSymbol]) -> None:
    """An editor refuses an outline whose places do not lie within each other."""
    for one in symbols:
        start, end = editor.offset(uri, one.range.start), editor.offset(uri, one.range.end)
        assert (
            start <= editor.offset(uri, one.selection_range.start) <= editor.offset(uri, one.selection_range.end) <= end
        )
        for child in one.children or []:
            assert start <= editor.offset(uri, child.range.start) <= editor.offset(uri, child.range.end) <= end
        _nested(editor, uri, list(one.children or []))


def test_folding(editor: Editor, opened: str) -> None:
    document = types.TextDocumentIdentifier(opened)
    found = editor.wait(editor.client.text_document_folding_range_async(types.FoldingRangeParams(document)))
    lines = editor.texts[opened].split("\n")
    folds = {lines[one.start_line]: lines[one.end_line] for one in found}
    assert folds["---"] == "---"
    assert folds["## 陸、專題分享："].startswith("「個人資料去識別化」驗證標準是原則性要求")
    assert folds["#### 鄭委員依桓"].startswith("5. 本部已規劃每年積極辦理")


def _located(editor: Editor, found: list[types.Location]) -> list[tuple[str, str]]:
    texts = {one.uri: Path(one.uri.removeprefix("file://")).read_text(encoding="utf-8") for one in found} | editor.texts
    editor.texts.update(texts)
    return [(one.uri.rpartition("/")[2], editor.span(one.uri, one.range)) for one in found]


def test_definition_of_an_attachment_and_of_a_decision(editor: Editor, opened: str) -> None:
    place = find(editor, opened, "(如附件2)", 3)
    params = editor.at(types.DefinitionParams, opened, place)
    found = editor.wait(editor.client.text_document_definition_async(params))
    assert _located(editor, found) == [("moea-open-data-2.md", "經濟部工業局開放資料業務推動情形")]
    params = editor.at(types.DefinitionParams, opened, find(editor, opened, "第1次會議結論3", 1))
    ((name, text),) = _located(editor, editor.wait(editor.client.text_document_definition_async(params)))
    assert (name, text) == ("moea-open-data-1.md", "3. 請各單位提報清單。")


def test_references_to_an_attachment_and_to_a_decision(editor: Editor, opened: str) -> None:
    context = types.ReferenceContext(include_declaration=True)
    params = editor.at(types.ReferenceParams, opened, find(editor, opened, "附件5", 1), context=context)
    found = editor.wait(editor.client.text_document_references_async(params))
    assert [text for _, text in _located(editor, found)] == ["報告事項簡報", "5", "5"]
    first = editor.open((editor.folder / "moea-open-data-1.md").read_text(encoding="utf-8"), "moea-open-data-1.md")
    params = editor.at(types.ReferenceParams, first, find(editor, first, "提報清單"), context=context)
    found = editor.wait(editor.client.text_document_references_async(params))
    places = _located(editor, found)
    assert places[0] == ("moea-open-data-1.md", "3. 請各單位提報清單。")
    assert len(places) == 2
    assert places[1][0] == "moea-open-data-2.md"
    assert places[1][1].endswith("第1次會議結論3")


def _rename(editor: Editor, uri: str, offset: int, new: str) -> str:
    params = editor.at(types.RenameParams, uri, offset, new_name=new)
    return editor.edited(uri, editor.wait(editor.client.text_document_rename_async(params)))


def test_renaming_a_person_however_the_name_is_padded(editor: Editor) -> None:
    uri = editor.open(FAULTY.replace("乙案", "周委員翊提乙案，請周 翊說明"))
    place = find(editor, uri, "周委員翊")
    where = editor.wait(
        editor.client.text_document_prepare_rename_async(editor.at(types.PrepareRenameParams, uri, place))
    )
    assert editor.span(uri, where) == "周委員翊"
    renamed = _rename(editor, uri, place, "王明")
    assert "chair: 王　明\n" in renamed
    assert "attendees: 王明、李大同\n" in renamed
    assert "王委員明提乙案，請王 明說明" in renamed


def test_renaming_in_the_example(editor: Editor, opened: str) -> None:
    renamed = _rename(editor, opened, find(editor, opened, "馬主任", 2), "李大同")
    assert renamed == editor.texts[opened].replace("馬主任正維", "李主任大同")


def test_renumbering_an_attachment(editor: Editor, opened: str) -> None:
    renamed = _rename(editor, opened, find(editor, opened, "附件5", 2), "附件2")
    assert "  - 出席人員簽名冊\n  - 報告事項簡報\n  - 經濟部工業局" in renamed
    assert f"1. {ODD}經濟部工業局開放資料業務推動情形(如附件3)。" in renamed
    assert "簡報如附件2)" in renamed
    assert "(簡報詳上開附件2)" in renamed
    assert "(如附件6)" in renamed


def test_what_cannot_be_renamed(editor: Editor, opened: str) -> None:
    place = find(editor, opened, "開放資料之個資")
    params = editor.at(types.PrepareRenameParams, opened, place)
    assert editor.wait(editor.client.text_document_prepare_rename_async(params)) is None
    with pytest.raises(Exception, match="1 到 6"):
        _rename(editor, opened, find(editor, opened, "附件5", 2), "9")


def test_formatting_is_fmt(editor: Editor, opened: str) -> None:
    document, options = types.TextDocumentIdentifier(opened), types.FormattingOptions(2, True)
    params = types.DocumentFormattingParams(document, options)
    edits = editor.wait(editor.client.text_document_formatting_async(params))
    text = editor.texts[opened]
    assert editor.edited(opened, edits) == formatter.format(Source("m.md", text)) != text
    assert max(len(one.new_text) for one in edits) < 40  # no more than what changes


def test_formatting_a_selection_leaves_other_sections(editor: Editor, opened: str) -> None:
    text = editor.texts[opened]
    start = text.index("## 捌")
    where = types.Range(editor.position(opened, start + 3), editor.position(opened, start + 5))
    params = types.DocumentRangeFormattingParams(
        types.TextDocumentIdentifier(opened), where, types.FormattingOptions(2, True)
    )
    edits = editor.wait(editor.client.text_document_range_formatting_async(params))
    after = editor.edited(opened, edits)
    whole = formatter.format(Source("m.md", text))
    assert after[:start] == text[:start]
    assert after[start : after.index("## 玖")] == whole[whole.index("## 捌") : whole.index("## 決議事項")]
    assert after[after.index("## 玖") :] == text[text.index("## 玖") :]


@pytest.mark.parametrize("query", ["moea-open-data/2-7", "台灣電力", "第1次會議決議3", "提報清單 資訊中心"])
def test_workspace_symbols(editor: Editor, opened: str, query: str) -> None:
    found = editor.wait(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query)))
    expected = "第1次會議決議3" if "1" in query.replace("2-7", "") or "清單" in query else "第2次會議決議7"
    ours = [one for one in found if one.container_name == "moea-open-data"]
    assert [one.name.partition("　")[0] for one in ours] == [expected]


def test_two_hundred_files_are_known(editor: Editor) -> None:
    found = editor.wait(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("")))
    assert len(found) == 300  # as many as are answered with


def test_a_broken_file_is_still_helped(editor: Editor) -> None:
    text = FAULTY.replace("start: 9:00\n", "start: [9:00\nsta\n")
    uri = editor.open(text)
    codes = {str(one.code) for one in editor.diagnostics(uri)}
    assert {"weekday", "number-missing"} <= codes, "what is whole is judged all the same"
    assert any(code.startswith("yaml-") for code in codes)
    assert "status" in {one.label for one in editor.complete(uri, find(editor, uri, "sta\n", 3))}
    assert "開會地點" in _hover(editor, uri, find(editor, uri, "location", 1))
    assert "附件1：簡報" in _hover(editor, uri, find(editor, uri, "附件1", 1))


def test_utf_32_is_spoken_too(workspace: Path) -> None:
    editor = Editor("neovim", workspace, ["utf-32"])
    try:
        assert editor.encoding == "utf-32"
        uri = editor.open(FAULTY)
        found = {str(one.code): editor.span(uri, one.range) for one in editor.diagnostics(uri)}
        assert found["attachment-unlisted"] == "附件9"
    finally:
        editor.close()


def test_the_example_lies_in_the_workspace(workspace: Path) -> None:
    assert decode.read(workspace / "moea-open-data-2.md").text == EXAMPLE.read_text(encoding="utf-8")
