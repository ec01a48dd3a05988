"""Templates of an office: what they may read, and how their faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_cli.errors import BadTemplate
from minutes_cli.profile import Profile
from minutes_cli.render import _templates


def render(folder: Path, text: str, **context: object) -> str:
    (folder / "html").mkdir(exist_ok=True)
    (folder / "html" / "page.html.j2").write_text(text, encoding="utf-8")
    return _templates.render(Profile("own", folders=(folder,)), "html", "page.html.j2", context)


def test_every_value_is_escaped_and_none_is_a_template(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ words }}", words="{{ 7*7 }}<b>&\"'") == "{{ 7*7 }}&lt;b&gt;&amp;&#34;&#39;"


def test_the_nearest_folder_goes_first(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    for folder, words in ((near, "near"), (far, "far")):
        (folder / "html").mkdir(parents=True)
        (folder / "html" / f"{words}.j2").write_text(words, encoding="utf-8")
        (folder / "html" / "both.j2").write_text("{% include 'far.j2' %} " + words, encoding="utf-8")
    assert _templates.render(Profile("own", folders=(near, far)), "html", "both.j2", {}) == "far near"


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "../../secret", "link", "folder/../../secret"])
def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    home = tmp_path / "own"
    (home / "html" / "folder").mkdir(parents=True)
    (home / "secret").write_text("secret", encoding="utf-8")
    (home / "html" / "link").symlink_to(home / "secret")
    with pytest.raises(BadTemplate, match=r"not found \(used by html/page\.html\.j2\)"):
        render(home, f"{{% include '{name}' %}}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("\n{{ missing }}", "2: 'missing' is undefined"),
        ("\n\n{% if %}", "3: Expected an expression"),
        ("{{ 1 / 0 }}", "1: division by zero"),
        ("{{ path.read_text() }}", "1: access to attribute 'read_text'"),
        ("{{ ''.__class__.__mro__ }}", "1: access to attribute '__class__'"),
        ("{{ items.append(1) }}", "1: access to attribute 'append'"),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "1: Range too big"),
        ("{% macro a() %}{{ b.c }}{% endmacro %}\n{{ a() }}", "1: 'b' is undefined"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(BadTemplate) as failure:
        render(tmp_path, text, path=tmp_path, items=[])
    assert f"{tmp_path / 'html' / 'page.html.j2'}:{place}" in failure.value.say.en
    assert f"page.html.j2:{place[0]} 有誤" in failure.value.say.zh


def test_a_template_that_was_changed_is_read_again(tmp_path: Path) -> None:
    assert render(tmp_path, "first") == "first"
    path = tmp_path / "html" / "page.html.j2"
    path.write_text("second", encoding="utf-8")
    assert _templates.render(Profile("own", folders=(tmp_path,)), "html", "page.html.j2", {}) == "second"
