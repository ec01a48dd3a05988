"""A git revision in, whether a file has changed since out: in commits, in the working copy, or as a file that is new.

Where the revision stands on another branch, what counts is the point where the two parted.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from minutes_cli.errors import BadEnvironment, NothingToDo
from minutes_cli.say import Say


def changed(revision: str) -> Callable[[str | None], bool]:
    """Whether the file at a path has changed; what has no path has.  Each repository is asked once."""
    known: dict[str, frozenset[str]] = {}

    def has_changed(at: str | None) -> bool:
        if at is None:
            return True
        real = os.path.realpath(at)
        folder = next((top for top in known if real.startswith(top + os.sep)), None)
        if folder is None:
            folder = _top(Path(real).parent)
            known[folder] = _changes(folder, revision)
        return real in known[folder]

    return has_changed


def _top(folder: Path) -> str:
    """The folder of the repository that a folder lies in."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found is None:
        raise NothingToDo(Say(f"--since：「{folder}」不在 git 儲存庫裡", f"--since: {folder} is in no git repository"))
    return os.path.realpath(found.rstrip("\r\n"))


def _changes(top: str, revision: str) -> frozenset[str]:
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise NothingToDo(
            Say(
                f"--since：git 找不到「{revision}」這個版本（CI 請取得完整的歷史）",
                f"--since: git knows no revision {revision} (in CI, fetch the whole history)",
            )
        )
    start = (_git(top, "merge-base", commit.strip(), "HEAD") or commit).strip()
    names = [
        *(_git(top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", start, "--") or "").split("\0"),
        *(_git(top, "ls-files", "--others", "-z") or "").split("\0"),
    ]
    return frozenset(os.path.realpath(os.path.join(top, name)) for name in names if name)  # noqa: PTH118


def _git(folder: str | Path, *arguments: str) -> str | None:
    """What git prints; None where it fails."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    except OSError as error:
        raise BadEnvironment(
            Say("--since 要用到 git，但是執行不了", "--since needs git, which cannot be run")
        ) from error
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
