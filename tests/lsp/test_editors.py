"""Real editors with the very lines of their set-up pages: Neovim, Emacs, Vim.  Each opens the ministry's example in a
folder of two hundred others, gets what is wrong with it, mends it, asks for all else that its page promises, and breaks
the file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk import FIRST, lay_others

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = ROOT / "docs" / "editors"
_SECONDS = 120

pytestmark = pytest.mark.slow


def block(page: str, language: str, number: int = 0) -> str:
    """A block of a page, without the indentation of the list that it stands in."""
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)[number]
    return re.sub(rf"^{found[0]}", "", found[1], flags=re.MULTILINE)


@pytest.fixture
def desk(tmp_path: Path, example: str) -> Path:
    """A recorder's folder: the example, its date given a wrong weekday, with an emoji and a rare character; the meeting
    before, and two hundred others; `minutes` on the path."""
    text = example.replace("date: 2015-09-24", "date: 2015-09-24（星期五）").replace(
        "1. 經濟部工業局", "1. 😀𠮷經濟部工業局"
    )
    (tmp_path / "m.md").write_text(text, encoding="utf-8")
    (tmp_path / "1.md").write_text(FIRST, encoding="utf-8")
    lay_others(tmp_path)
    program = tmp_path / "bin" / "minutes"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m minutes_cli --lang zh "$@"\n')
    program.chmod(0o755)
    return tmp_path


def run(desk: Path, *command: str) -> str:
    """The standard output and error of an editor, which must end by itself."""
    environment = {**os.environ, "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(desk)}
    environment |= {"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(desk / ".config")}
    done = subprocess.run(
        command, cwd=desk, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def outcome(desk: Path, said: str) -> Any:
    """What the editor's script has found."""
    path = desk / "out.json"
    assert path.exists(), said
    return json.loads(path.read_text(encoding="utf-8"))


NVIM = r"""
vim.cmd('edit m.md')
local function wait(what) assert(vim.wait(20000, what, 20), 'waited in vain') end
local function client() local c = vim.lsp.get_active_clients()[1]; return c and c.initialized and c end
wait(client)
wait(function() return #vim.diagnostic.get(0) > 0 end)
local out = { diagnostics = {} }
for _, d in ipairs(vim.diagnostic.get(0)) do
  local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1]
  table.insert(out.diagnostics, { d.code, line:sub(d.col + 1, d.end_col), d.message })
end
local function find(words, behind)
  local at = vim.fn.searchpos('\\V' .. words, 'nw')
  vim.api.nvim_win_set_cursor(0, { at[1], at[2] - 1 + (behind or 0) })
end
local function ask(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, client().offset_encoding), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000)
  local _, answer = next(answers)
  assert(answer and not answer.error, vim.inspect(answers))
  return answer.result
end
out.encoding = client().offset_encoding
find('2015-09-24', 3)
local where = vim.lsp.util.make_range_params(0, client().offset_encoding).range
local actions = ask('textDocument/codeAction', { range = where, context = { diagnostics = {} } })
vim.lsp.util.apply_workspace_edit(actions[1].edit, client().offset_encoding)
wait(function() return #vim.diagnostic.get(0) == 0 end)
out.mended = vim.fn.getline(8 - 1)
find('😀𠮷經濟部工業局開放資料業務推動情形(如附件2)', #'😀𠮷經濟部工業局開放資料業務推動情形(如附')
out.hover = ask('textDocument/hover').contents.value
vim.lsp.buf.definition()
wait(function() return vim.fn.line('.') < 25 end)
out.definition = vim.fn.getline('.')
find('第1次會議結論3', 3)
vim.lsp.buf.definition()
wait(function() return vim.fn.expand('%:t') == '1.md' end)
out.decision = vim.fn.getline('.')
vim.cmd('edit! m.md')
out.symbols = vim.tbl_map(function(one) return one.name end, ask('textDocument/documentSymbol'))
find('附件5', 1)
out.references = #ask('textDocument/references', { context = { includeDeclaration = true } })
find('馬主任', 0)
out.folds = vim.tbl_map(function(one)
  return { vim.fn.getline(one.startLine + 1), vim.fn.getline(one.endLine + 1) }
end, ask('textDocument/foldingRange'))
out.known = vim.tbl_map(function(one) return one.name end, ask('workspace/symbol', { query = '提報清單 資訊中心' }))
out.all = #ask('workspace/symbol', { query = '' })
find('馬主任', 0)
vim.lsp.buf.rename('李大同')
wait(function() return vim.fn.search('李主任大同', 'nw') > 0 end)
vim.lsp.buf.formatting_sync(nil, 10000)
out.formatted = vim.fn.search('^start: 09:00', 'nw')
vim.api.nvim_buf_set_lines(0, 4, 4, false, { 'stat' })
vim.api.nvim_win_set_cursor(0, { 5, 4 })
out.omnifunc = vim.bo.omnifunc
out.offers = vim.tbl_map(function(one) return one.label end, ask('textDocument/completion').items)
vim.api.nvim_buf_set_lines(0, 5, 5, false, { 'note: [😀' })
local function codes() return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0)) end
wait(function() return vim.tbl_contains(codes(), 'yaml-bracket') end)
out.broken = codes()
out.still = vim.tbl_map(function(one) return one.label end, ask('textDocument/completion').items)
find('(如附件3)', #'(如附')
out.hoverBroken = ask('textDocument/hover').contents.value
vim.fn.writefile({ vim.fn.json_encode(out) }, 'out.json')
vim.cmd('qa!')
"""


def test_neovim(desk: Path, tool: Callable[[str], str]) -> None:
    (desk / "init.lua").write_text(block("neovim", "lua"), encoding="utf-8")
    (desk / "t.lua").write_text(f"local ok, why = pcall(function()\n{NVIM}\nend)\nprint(why)\nvim.cmd('cq')\n")
    said = run(desk, tool("nvim"), "--headless", "-n", "-i", "NONE", "-u", "init.lua", "-c", "luafile t.lua")
    out = outcome(desk, said)
    assert [tuple(one[:2]) for one in out["diagnostics"]] == [("weekday", "2015-09-24（星期五）")]
    assert "星期四" in out["diagnostics"][0][2]
    assert out["mended"] == "date: 2015-09-24（星期四）"
    assert out["hover"] == "附件2：經濟部工業局開放資料業務推動情形"
    assert out["definition"] == "  - 經濟部工業局開放資料業務推動情形"
    assert out["decision"] == "3. 請各單位提報清單。"
    assert out["symbols"][1:3] == ["伍、主席致詞", "陸、專題分享"]
    assert out["references"] == 3
    assert out["formatted"] == 8
    assert out["omnifunc"] == "v:lua.vim.lsp.omnifunc"
    assert out["offers"] == ["status"]
    assert ["---", "---"] in out["folds"]
    assert any(first == "## 陸、專題分享：" for first, _ in out["folds"])
    assert [name.partition("　")[0] for name in out["known"]] == ["第1次會議決議3"]
    assert out["all"] == 300  # as many of those of 202 meetings as are answered with
    assert set(out["broken"]) >= {"yaml-bracket", "yaml-no-colon"}
    assert out["still"] == ["status"]
    assert out["hoverBroken"] == "附件3：經濟部商業司開放資料業務推動情形"


EMACS = r"""
(setq make-backup-files nil auto-save-default nil create-lockfiles nil)
(defun wait-for (what)
  (let ((end (+ (float-time) 30)))
    (while (and (not (funcall what)) (< (float-time) end)) (accept-process-output nil 0.05))
    (or (funcall what) (error "waited in vain"))))
(defun ask (method &optional more)
  (jsonrpc-request (eglot-current-server) method (append (eglot--TextDocumentPositionParams) more)))
(defun find (words) (goto-char (point-min)) (search-forward words))
(find-file "m.md")
(unless (memq 'eglot-ensure markdown-mode-hook) (error "no hook"))
(run-hooks 'post-command-hook)
(unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
(flymake-mode 1)
(flymake-start)
(wait-for (lambda () (flymake-diagnostics)))
(setq diagnostics
      (mapcar (lambda (d) (vector (flymake-diagnostic-text d)
                                  (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d))))
              (flymake-diagnostics)))
(find "2015-09-2")
(setq actions (jsonrpc-request (eglot-current-server) :textDocument/codeAction
  (list :textDocument (eglot--TextDocumentIdentifier)
        :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
        :context (list :diagnostics []))))
(eglot--apply-workspace-edit (plist-get (aref actions 0) :edit))
(find "date: ")
(setq mended (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(find "😀𠮷經濟部工業局開放資料業務推動情形(如附")
(setq hover (plist-get (plist-get (ask :textDocument/hover) :contents) :value))
(call-interactively #'xref-find-definitions)
(setq definition (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(find "第1次會")
(call-interactively #'xref-find-definitions)
(setq decision (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(switch-to-buffer "m.md")
(find "附件5")
(backward-char)
(setq references (length (ask :textDocument/references '(:context (:includeDeclaration t)))))
(setq folds (length (ask :textDocument/foldingRange)))
(setq known (mapcar (lambda (one) (plist-get one :name)) (ask :workspace/symbol '(:query "提報清單 資訊中心"))))
(setq all (length (ask :workspace/symbol '(:query ""))))
(find "馬主")
(eglot--signal-textDocument/didChange)
(eglot-rename "李大同")
(find "李主任大同")
(eglot--signal-textDocument/didChange)
(eglot-format-buffer)
(find "start: 09:00")
(setq imenu (eglot-imenu))
(find "session: 2\n")
(insert "stat\n")
(backward-char)
(eglot--signal-textDocument/didChange)
(setq offers (let ((found (eglot-completion-at-point))) (all-completions "stat" (nth 2 found))))
(insert "note: [😀\n")
(eglot--signal-textDocument/didChange)
(flymake-start)
(defun told () (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))
(wait-for (lambda () (string-search "「[」" (told))))
(setq broken (told))
(find "(如附")
(setq hover-broken (plist-get (plist-get (ask :textDocument/hover) :contents) :value))
(setq symbols (mapcar (lambda (one) (plist-get one :name)) (ask :textDocument/documentSymbol)))
(with-temp-file "out.json"
  (insert (json-encode `((diagnostics . ,(vconcat diagnostics)) (mended . ,mended) (hover . ,hover)
                         (definition . ,definition) (decision . ,decision)
                         (references . ,references) (folds . ,folds) (known . ,(vconcat known)) (all . ,all)
                         (broken . ,broken) (hoverBroken . ,hover-broken)
                         (offers . ,(vconcat (mapcar #'substring-no-properties offers)))
                         (symbols . ,(vconcat symbols))))))
(eglot-shutdown (eglot-current-server))
(with-current-buffer "m.md" (set-buffer-modified-p nil))
"""


def test_emacs(desk: Path, tool: Callable[[str], str]) -> None:
    (desk / "init.el").write_text(block("emacs", "elisp"), encoding="utf-8")
    (desk / "t.el").write_text(EMACS, encoding="utf-8")
    said = run(desk, tool("emacs"), "--batch", "--eval", "(package-initialize)", "-l", "init.el", "-l", "t.el")
    out = outcome(desk, said)
    ((message, words),) = out["diagnostics"]
    assert "星期四" in message
    assert words == "2015-09-24（星期五）"
    assert out["mended"] == "date: 2015-09-24（星期四）"
    assert out["hover"] == "附件2：經濟部工業局開放資料業務推動情形"
    assert out["definition"] == "  - 經濟部工業局開放資料業務推動情形"
    assert out["decision"] == "3. 請各單位提報清單。"
    assert out["symbols"][1:3] == ["伍、主席致詞", "陸、專題分享"]
    assert out["offers"] == ["status"]
    assert out["references"] == 3
    assert out["folds"] > 5
    assert [name.partition("　")[0] for name in out["known"]] == ["第1次會議決議3"]
    assert out["all"] == 300
    assert "「[」" in out["broken"]
    assert out["hoverBroken"] == "附件1：出席人員簽名冊"


ALE = r"""
function! Wait(what) abort
  let l:i = 0
  while !eval(a:what) && l:i < 400
    sleep 50m
    let l:i += 1
  endwhile
endfunction
edit m.md
call ale#Queue(0)
call Wait("!empty(ale#engine#GetLoclist(bufnr('')))")
let g:out = {'diagnostics': map(copy(ale#engine#GetLoclist(bufnr(''))), {_, d -> [d.code, d.lnum, d.text]})}
call search('(如附件2)')
call search('附件2')
ALEGoToDefinition
call Wait('line(".") < 25')
let g:out.definition = getline('.')
let g:out.omnifunc = &omnifunc
call writefile([json_encode(g:out)], 'out.json')
qa!
"""


def test_vim_with_ale(desk: Path, tool: Callable[[str], str]) -> None:
    _needs_ale()
    linter = desk / ".vim" / "ale_linters" / "markdown" / "minutes.vim"
    linter.parent.mkdir(parents=True)
    linter.write_text(block("vim", "vim", 0), encoding="utf-8")
    out = outcome(desk, _vim(desk, tool("vim"), block("vim", "vim", 1), ALE))
    ((code, line, text),) = out["diagnostics"]
    assert (code, line) == ("weekday", 7)
    assert "星期四" in text
    assert out["definition"] == "  - 經濟部工業局開放資料業務推動情形"
    assert out["omnifunc"] == "ale#completion#OmniFunc"


MAKE = r"""
edit m.md
silent make!
call writefile([json_encode(map(getqflist(), {_, q -> [bufname(q.bufnr), q.lnum, q.type, q.text]}))], 'out.json')
qa!
"""


def test_vim_alone(desk: Path, tool: Callable[[str], str]) -> None:
    compiler = desk / ".vim" / "compiler" / "minutes.vim"
    compiler.parent.mkdir(parents=True)
    compiler.write_text(block("vim", "vim", 2), encoding="utf-8")
    settings = f"set nocompatible encoding=utf-8\nfiletype plugin on\n{block('vim', 'vim', 3)}"
    ((name, line, kind, text),) = outcome(desk, _vim(desk, tool("vim"), settings, MAKE))
    assert (name, line, kind.lower()) == ("m.md", 7, "e")
    assert text.startswith("weekday ")


def _vim(desk: Path, vim: str, settings: str, script: str) -> str:
    (desk / ".vimrc").write_text(settings, encoding="utf-8")
    (desk / "t.vim").write_text(f"set encoding=utf-8\n{script}", encoding="utf-8")
    return run(desk, vim, "-N", "-u", ".vimrc", "-i", "NONE", "-n", "-es", "--not-a-term", "-c", "source t.vim")


def _needs_ale() -> None:
    if not Path("/usr/share/vim-ale").is_dir():
        if os.environ.get("CI"):
            pytest.fail("vim-ale is not installed, and CI leaves nothing out")
        pytest.skip("vim-ale is not installed")


def test_the_pages_name_what_was_not_tried() -> None:
    for page in ("vscode", "helix", "obsidian-hackmd"):
        text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
        assert "**沒有" in text, page
