"""The ministry's example entered character by character: nothing crashes, nothing told stays that is no longer true, and
something is offered at twenty places; and texts that nobody would type."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bench.keystrokes import Wire, large
from editor import Editor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types

from minutes_cli import check
from minutes_cli.source import Source

# What has been typed so far ends with the words; one of the offers is what comes next.
PLACES = (
    ("---\nti", "title"),
    ("第2次會議\norg", "organization"),
    ("organization: 經濟部\nser", "series"),
    ("moea-open-data\nse", "session"),
    ("session: 2\nki", "kind"),
    ("kind: ", "advisory"),
    ("advisory\nda", "date"),
    ("2015-09-24\nst", "start"),
    ("9:00\ne", "end"),
    ("11:30\nlo", "location"),
    ("第一會議室\nch", "chair"),
    ("馬主任正維(代)\nre", "recorder"),
    ("曾志明\natt", "attendees"),
    ("(如附件1)\natta", "attachments"),
    ("## 伍、主席", "主席致詞"),
    ("## 陸、專題", "專題分享"),
    ("1. 經濟部工業局開放資料業務推動情形(如附件", "附件2"),
    ("### 發言", "發言重點："),
    ("## 柒、報告", "報告事項"),
    ("## 捌、", "討論事項"),
    ("### 案", "案由："),
    ("有感效能。\n\n#### 吳委員", "吳委員小琳"),
    ("## 玖、決議", "決議事項"),
    ("   - 主", "主辦："),
    ("   - 期限：下", "下次會議"),
    ("   - 列管：", "是"),
)


def test_the_example_as_it_is_typed(editor: Editor, example: str) -> None:
    places = {}
    for words, offer in PLACES:
        if words in example:
            place = example.index(words) + len(words)
            while place in places:
                place = example.index(words, place) + len(words)
            places[place] = offer
    assert len(places) >= 20
    uri, asked = editor.open("", "typed.md"), 0
    for typed, char in enumerate(example, 1):
        editor.change(uri, typed - 1, typed - 1, char)
        if typed in places:
            labels = [one.label for one in editor.complete(uri, typed)]
            assert places[typed] in labels, (example[typed - 20 : typed], labels[:20])
            asked += 1
    assert asked == len(places)
    assert editor.texts[uri] == example
    assert editor.diagnostics(uri) == (), "what was true while it was typed is no longer told"


def test_only_the_newest_version_is_told_of(editor: Editor, example: str) -> None:
    """A hundred changes at once: each is told of at most once, in order, and the last one is."""
    uri = editor.open(example, "fast.md")
    editor.diagnostics(uri)
    before = editor.count
    for _ in range(100):
        editor.change(uri, 4, 4, "x")
    told = {str(one.code) for one in editor.diagnostics(uri)}
    assert "key-unknown" in told
    assert editor.told[uri].version == editor.versions[uri]
    assert editor.count - before <= 100
    editor.change(uri, 4, 104, "")
    assert editor.diagnostics(uri) == ()


def test_what_is_no_longer_asked_is_not_answered(workspace: Path) -> None:
    """A request behind a large file that is being judged is dropped when the editor takes it back."""
    wire = Wire([sys.executable, "-m", "minutes_cli", "lsp"], workspace)
    uri = (workspace / "large.md").as_uri()
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": large(200)}
    wire.tell("textDocument/didOpen", {"textDocument": document})
    where = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
    answer = wire.ask("textDocument/hover", where, cancelled=True)
    assert answer["error"]["code"] == -32800
    wire.close()


def test_a_closed_file_is_told_of_no_more(editor: Editor) -> None:
    uri = editor.open("## 討論事項\n\n沒有會議資料\n", "closed.md")
    assert editor.diagnostics(uri)
    editor.shut(uri)
    with editor.news:
        assert editor.news.wait_for(lambda: not editor.told[uri].diagnostics, 10)
    params = editor.at(types.HoverParams, uri, 0)
    assert editor.wait(editor.client.text_document_hover_async(params)) is None


ODD = st.text(
    st.sampled_from(
        "-#:：|>[]{}\"'&*!%@`~\\ \t　\n\r\u2028\x0b\x0c\x00\x85\ufeff😀𠮷壹一（）()1.、附件年月日主席決議發言重點title"
    ),
    max_size=80,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(ODD, ODD.map("---\ntitle: {}\n---\n".format), ODD.map("---\n{}".format)), where=st.floats(0, 1))
def test_any_text_is_survived(editor: Editor, text: str, where: float) -> None:
    uri = editor.open(text, "odd.md")
    place = int(where * len(text))
    at = types.TextDocumentIdentifier(uri)
    client, wait = editor.client, editor.wait
    editor.complete(uri, place)
    editor.actions(uri, 0, len(text))
    wait(client.text_document_hover_async(editor.at(types.HoverParams, uri, place)))
    wait(client.text_document_definition_async(editor.at(types.DefinitionParams, uri, place)))
    wait(client.text_document_prepare_rename_async(editor.at(types.PrepareRenameParams, uri, place)))
    wait(client.text_document_document_symbol_async(types.DocumentSymbolParams(at)))
    wait(client.text_document_folding_range_async(types.FoldingRangeParams(at)))
    options = types.FormattingOptions(2, True)
    wait(client.text_document_formatting_async(types.DocumentFormattingParams(at, options)))
    codes = {found.code for found in check.check(Source("odd.md", text)).diagnostics}
    assert editor.diagnostics(uri) or not codes or "no-front-matter" in codes


@pytest.mark.parametrize("junk", ["\ud800", "---\ntitle: \udc00\n---\n"])
def test_half_a_character_is_survived(junk: str) -> None:
    from minutes_cli.lsp.opened import Opened

    opened = Opened("untitled:1", junk)
    assert len(opened.source.text) == len(junk)
    assert opened.judged.diagnostics


def test_a_readme_is_left_alone(editor: Editor) -> None:
    """Editors hand over every Markdown file."""
    uri = editor.open("# 專案\n\n## 安裝\n\n- 一、說明\n", "README.md")
    assert editor.diagnostics(uri) == ()
    editor.replace(uri, "## 決議事項\n\n一、同意。\n")
    assert [one.code for one in editor.diagnostics(uri)] == ["no-front-matter"]


def test_a_byte_order_mark_moves_no_place(editor: Editor) -> None:
    uri = editor.open("\ufeff---\ntitle: x\nstate: y\n---\n", "bom.md")
    found = {editor.span(uri, one.range) for one in editor.diagnostics(uri) if one.code == "key-unknown"}
    assert found == {"state"}


def test_the_server_needs_its_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from minutes_cli.cli import minutes

    for name in [name for name in sys.modules if name.startswith("minutes_cli.lsp.server")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    with pytest.raises(SystemExit) as end:
        minutes(["--lang", "zh", "lsp"])
    assert end.value.code == 7
    assert "pip install 'minutes-cli[lsp]'" in capsys.readouterr().err


def test_the_example_is_in_the_folder(workspace: Path) -> None:
    assert len(list(workspace.glob("*.md"))) >= 202
