"""What offices take over for their CI: valid by the published schemas, and run as far as it runs here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from running import CLEAN, FAULTY, OUTSIDE, ROOT, run

from minutes_cli import codes, registry
from minutes_cli.front import frontmatter

CI = ROOT / "docs" / "ci"
SAMPLES = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), re.S | re.M)


def conforms(path: Path, schema: str, *more: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *more, str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def loaded(path: Path) -> Any:
    """YAML with booleans of YAML 1.2 (`on:` is a word)."""
    return frontmatter.load(path.read_text(encoding="utf-8"))


def test_the_action_and_the_samples_are_valid(tmp_path: Path) -> None:
    conforms(ROOT / "action.yml", "github-actions")
    conforms(CI / "gitlab.yml", "gitlab-ci", "--data-transform", "gitlab-ci")
    (workflow,) = (sample for sample in SAMPLES if "runs-on" in sample)
    path = tmp_path / "workflow.yml"
    path.write_text(workflow, encoding="utf-8")
    conforms(path, "github-workflows")


def test_the_action_hands_inputs_over_in_the_environment_only() -> None:
    for step in loaded(ROOT / "action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_samples_name_hooks_and_inputs_that_there_are() -> None:
    hooks = {hook["id"] for hook in loaded(ROOT / ".pre-commit-hooks.yaml")}
    named = [re.findall(r"- id: (\S+)", sample) for sample in SAMPLES if "hooks:" in sample]
    assert {name for names in named for name in names} <= hooks
    inputs = loaded(ROOT / "action.yml")["inputs"]
    (workflow,) = (sample for sample in SAMPLES if "runs-on" in sample)
    given = workflow.partition("example/minutes")[2].partition("- uses")[0]
    assert set(re.findall(r"^ {10}([a-z]+):", given, re.M)) <= set(inputs)


def test_the_hooks_run_commands_that_there_are() -> None:
    for hook in loaded(ROOT / ".pre-commit-hooks.yaml"):
        program, command, *_ = hook["entry"].split()
        assert program == "minutes"
        assert command in registry.names("commands")
        assert (hook["types"], hook["language"]) == (["markdown"], "python")
    series = next(hook for hook in loaded(ROOT / ".pre-commit-hooks.yaml") if hook["id"] == "minutes-check-series")
    assert (series["pass_filenames"], series["require_serial"]) == (False, True)
    chosen = series["entry"].split()[-1].split(",")
    assert {code for choice in chosen for code in codes.meant(choice)} == codes.across()


# ── the action's script ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "會議 紀錄"
    folder.mkdir()
    (folder / "clean.md").write_text(CLEAN, encoding="utf-8")
    (folder / "第1次 $(touch pwned).md").write_text(FAULTY, encoding="utf-8")
    program = tmp_path / "bin" / "minutes"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m minutes_cli "$@"\n')
    program.chmod(0o755)
    return tmp_path


def act(checkout: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step, as the runner runs it: with bash -e -o pipefail and the inputs in the environment."""
    action = loaded(ROOT / "action.yml")
    (step,) = (step for step in action["runs"]["steps"] if step.get("id") == "check")
    given = {name: inputs.get(name, known["default"]) for name, known in action["inputs"].items()}
    environment = {
        name: given[re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value)[1]]  # type: ignore[index]
        for name, value in step["env"].items()
    }
    places = {name: str(checkout / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    runner = {"GITHUB_ACTIONS": "true", "MINUTES_BIN": str(checkout / "bin"), "GITHUB_WORKSPACE": str(checkout)}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        env={**OUTSIDE, **runner, **places, **environment},
        cwd=checkout,
        capture_output=True,
        text=True,
    )


def test_the_action_annotates_and_fails(checkout: Path) -> None:
    done = act(checkout)
    assert done.returncode == 1
    assert "::error file=會議 紀錄/第1次 $(touch pwned).md,line=3," in done.stdout
    assert "weekday" in (checkout / "github_step_summary").read_text(encoding="utf-8")
    assert not (checkout / "github_output").exists()


def test_the_action_takes_paths_and_options_by_lines(checkout: Path) -> None:
    done = act(
        checkout, paths="會議 紀錄/clean.md\n\n會議 紀錄/第1次 $(touch pwned).md\n", arguments="--ignore=weekday\n"
    )
    assert done.returncode == 0, done.stderr
    assert not (checkout / "pwned").exists()
    assert act(checkout, paths="-h").returncode == 2
    assert act(checkout, paths="no such folder").returncode == 2


def test_the_action_writes_sarif_where_it_is_asked_for(checkout: Path) -> None:
    assert act(checkout, sarif="out/minutes $x.sarif", language="en").returncode == 1
    (run_,) = json.loads((checkout / "out" / "minutes $x.sarif").read_text(encoding="utf-8"))["runs"]
    assert (len(run_["results"]), run_["language"]) == (1, "en")
    assert (checkout / "github_output").read_text() == "sarif=out/minutes $x.sarif\n"


def test_the_script_for_gitlab_writes_both_reports(checkout: Path) -> None:
    (script,) = loaded(CI / "gitlab.yml")["minutes"]["script"]
    path = f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["sh", "-c", script], env={**OUTSIDE, "PATH": path}, cwd=checkout, capture_output=True)
    assert done.returncode == 1, done.stderr
    reports = loaded(CI / "gitlab.yml")["minutes"]["artifacts"]["reports"]
    assert len(json.loads((checkout / reports["codequality"]).read_text(encoding="utf-8"))) == 1
    assert (checkout / reports["junit"]).is_file()


# ── the problem matcher ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_problem_matcher_reads_what_is_written(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    odd = CLEAN.replace("一、同意。", "一、同意：3*4*5公尺。\n三、[a](b c.pdf)")
    (checkout / "a: b.md").write_text(odd, encoding="utf-8")
    (matcher,) = json.loads((CI / "problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
    (pattern,) = matcher["pattern"]
    found = [
        re.search(pattern["regexp"], line) for line in run("check", ".", "--report", "concise").stdout.splitlines()
    ]
    read = [
        tuple(one[pattern[part]] for part in ("file", "line", "column", "severity", "code")) for one in found if one
    ]
    told = json.loads(run("check", ".", "--report", "json").stdout)["findings"]
    assert read == [
        (one["path"], str(one["line"]), str(one["column"]), one["severity"], one["code"])
        for one in told
        if one["severity"] != "info"
    ]
    assert len(read) == 4


# ── pre-commit, for real ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_pre_commit_runs_the_hooks(checkout: Path, tool: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    tool("git")
    if subprocess.run([sys.executable, "-m", "pre_commit", "--version"], capture_output=True).returncode:
        tool("pre-commit")
    (checkout / "README.md").write_text("# 說明\n", encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    keep = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HTTP", "http", "SSL", "PATH"))
    }
    environment = {**keep, "HOME": str(home), "PRE_COMMIT_HOME": str(home), "LANG": "C.UTF-8", "MINUTES_LANG": "en"}

    def execute(*words: str, cwd: Path = checkout) -> subprocess.CompletedProcess[str]:
        return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True)

    copied = tmp_path_factory.mktemp("copied") / "minutes"
    names = execute("git", "ls-files", "-z", "-c", "-o", "--exclude-standard", cwd=ROOT).stdout.split("\0")
    for name in names:
        if name.startswith(("minutes_cli/", "schemas/", "templates/", "pyproject", "README", "LICENSE", ".pre-commit")):
            (copied / name).parent.mkdir(parents=True, exist_ok=True)
            (copied / name).write_bytes((ROOT / name).read_bytes())
    for folder in (copied, checkout):
        execute("git", "init", "-q", cwd=folder)
        execute("git", "add", "-A", cwd=folder)
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        assert execute("git", *identity, "commit", "-q", "-m", "t", cwd=folder).returncode == 0
    hooks = {}
    for hook in ("minutes-check", "minutes-check-series", "minutes-fmt"):
        words = (sys.executable, "-m", "pre_commit", "try-repo", str(copied), hook, "--all-files", "--verbose")
        hooks[hook] = execute(*words)
    assert hooks["minutes-check"].returncode == 1
    assert "[weekday]" in hooks["minutes-check"].stdout
    assert "no-front-matter" not in hooks["minutes-check"].stdout
    assert hooks["minutes-check-series"].returncode == 0, hooks["minutes-check-series"].stdout
    assert "2 files checked" in hooks["minutes-check-series"].stdout
    assert hooks["minutes-fmt"].returncode in (0, 1)
    assert execute("git", "diff", "--quiet", "README.md").returncode == 0
    manifest = execute(sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert manifest.returncode == 0, manifest.stdout
