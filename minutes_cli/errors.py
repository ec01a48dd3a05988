"""Failures of the tool, each with its exit code.  A fault in the minutes is a diagnostic instead."""

from __future__ import annotations

from minutes_cli.say import Say


class MinutesError(Exception):
    """A failure that a user can read; `cli` prints it and exits with `exit_code`."""

    exit_code = 3
    meaning = Say("工具內部錯誤", "internal error")

    def __init__(self, say: Say) -> None:
        super().__init__(say.en)
        self.say = say

    def __reduce__(self) -> tuple[type[MinutesError], tuple[Say]]:
        """So that it comes whole from one process to another."""
        return type(self), (self.say,)


class NothingToDo(MinutesError):
    """No file matched, or the words of the command do not fit together."""

    exit_code = 2
    meaning = Say("用法或設定錯誤，或沒有符合的檔案", "wrong usage or settings, or no file matched")


class BadSettings(NothingToDo):
    """A minutes.toml that cannot be used."""


class UnreadableFile(MinutesError):
    """A file or folder that could not be read."""

    exit_code = 4
    meaning = Say("檔案無法讀取", "a file could not be read")


class UnwritableFile(MinutesError):
    """A file that could not be written."""

    exit_code = 5
    meaning = Say("檔案無法寫入", "a file could not be written")


class BadTemplate(MinutesError):
    """A profile, template, reference document or schema that cannot be used."""

    exit_code = 6
    meaning = Say("範本、版面設定、參考文件或綱要有誤", "a template, profile, reference document or schema is faulty")


class BadEnvironment(MinutesError):
    """A library that the tool needs is missing or was built without what the tool needs."""

    exit_code = 7
    meaning = Say("執行環境缺少必要元件", "the environment lacks a component")
