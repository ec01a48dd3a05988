"""Click's own strings in 正體中文.

Click asks gettext for them, but ships no catalogue.  A compiled one would have to be built, shipped and found again for
each language; a table in Python needs none of that.  Each of click's modules calls what it imported as `_`, so that is
what is replaced; a string that is not in the table stays English.
"""

from __future__ import annotations

import click

from minutes_cli import language

CHINESE = {
    "Usage:": "用法：",
    "Options": "選項",
    "Positional arguments": "引數",
    "Commands": "指令",
    "Error: {message}": "錯誤：{message}",
    "Try '{command} {option}' for help.": "用法說明請執行「{command} {option}」。",
    "Aborted!": "已中止。",
    "Missing command.": "沒有寫指令。",
    "Missing argument": "缺少引數",
    "Missing option": "缺少選項",
    "Missing parameter": "缺少參數",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少參數：{param_name}",
    "Choose from:\n\t{choices}": "可用的有：\n\t{choices}",
    "No such option {name!r}.": "沒有「{name}」這個選項。",
    "No such option: {name}": "沒有「{name}」這個選項。",
    "No such command {name!r}.": "沒有「{name}」這個指令。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（是不是其中之一：{possibilities}？）",
    "Invalid value: {message}": "值不對：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不對：{message}",
    "{value!r} is not {choice}.": "「{value}」不是 {choice}。",
    "{value!r} is not one of {choices}.": "「{value}」不在可用的值之中：{choices}。",
    "{value!r} is not a valid {number_type}.": "「{value}」不是 {number_type}。",
    "Option {name!r} does not take a value.": "選項「{name}」後面不能寫值。",
    "Option {name!r} requires an argument.": "選項「{name}」後面要寫一個值。",
    "Option {name!r} requires {nargs} arguments.": "選項「{name}」後面要寫 {nargs} 個值。",
    "Argument {name!r} takes {nargs} values.": "引數「{name}」要有 {nargs} 個值。",
    "Got unexpected extra argument ({args})": "多出了引數（{args}）",
    "Got unexpected extra arguments ({args})": "多出了引數（{args}）",
    "{name} {filename!r} does not exist.": "「{filename}」不存在。",
    "{name} {filename!r} is a file.": "「{filename}」是檔案。",
    "{name} {filename!r} is a directory.": "「{filename}」是資料夾。",
    "{name} {filename!r} is not readable.": "「{filename}」無法讀取。",
    "{name} {filename!r} is not writable.": "「{filename}」無法寫入。",
    "default: {default}": "預設：{default}",
    "required": "必填",
    "env var: {var}": "環境變數：{var}",
    "(dynamic)": "（視情況）",
    "Show this message and exit.": "顯示這份說明後結束。",
}


def install() -> None:
    """Let click ask the table.  Before the first command is made, since the first question to gettext costs more than
    the table."""
    parts = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui, click.types)
    for part in parts:
        vars(part).update(_=translate, ngettext=_one_or_many)


def translate(text: str) -> str:
    """The string of click in the language of the reader."""
    return CHINESE.get(text, text) if language.current() == "zh" else text


def _one_or_many(one: str, many: str, count: int) -> str:
    return translate(one if count == 1 else many)


install()
