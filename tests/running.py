"""What the tests of the command line share: running it inside and outside this process, and two meeting files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from minutes_cli import check, cli

ROOT = Path(__file__).parent.parent
CLEAN = """\
---
title: 測試小組第1次會議
date: 2024-05-02
start: 14:00
end: 15:00
location: 會議室
chair: 江恩
recorder: 溫平
attendees: 如簽到表
---

## 討論事項

一、同意。
"""
FAULTY = CLEAN.replace("2024-05-02", "2024-05-02（星期五）")
# What the environment of the tests may say about language, colour and CI counts for nothing.
_UNSET = (
    *("MINUTES_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "MINUTES_DEBUG"),
    *("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"),
)
# The cache of the user is none of the tests' business.
_CACHE = tempfile.TemporaryDirectory(prefix="minutes-cache-")
_ALWAYS = {"MINUTES_CACHE_DIR": _CACHE.name}
INSIDE: dict[str, str | None] = {**dict.fromkeys(_UNSET), "LANG": "zh_TW.UTF-8", **_ALWAYS}
OUTSIDE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **_ALWAYS}


# How long a test waits for what must happen sooner or later: no measure of speed, so that a slow machine passes too.
PATIENCE = 120.0


def wait_until(happened: Callable[[], object]) -> None:
    """Returns as soon as it has happened; a failure where that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} seconds in vain"
        time.sleep(0.02)


def interruptible() -> None:
    """For `preexec_fn`: a shell lets what it runs in the background ignore Ctrl-C, and tests that run so would hand that
    on to what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(*arguments: str, given: str | bytes | None = None, environment: Mapping[str, str] | None = None) -> Result:
    """`minutes` in this process, which must not remember what the last run knew of an office."""
    check.forget()
    runner = CliRunner(env={**INSIDE, **(environment or {})})
    return runner.invoke(cli.minutes, list(arguments), input=given)


def outside(
    *arguments: str, environment: Mapping[str, str] | None = None, given: bytes = b"", cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """`minutes` in a process of its own, without a locale."""
    return subprocess.run(
        [sys.executable, "-m", "minutes_cli", *arguments],
        input=given,
        capture_output=True,
        env={**OUTSIDE, **(environment or {})},
        cwd=cwd,
        timeout=60,
    )
