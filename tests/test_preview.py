"""`minutes preview`: what it serves, what it refuses, and what a browser sees when a file is saved."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from running import PATIENCE, interruptible

from minutes_cli.preview.server import Server, Show
from minutes_cli.preview.watch import INTERVAL

EXAMPLE = Path(__file__).parent.parent / "examples" / "moea-open-data-2.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "minutes"
    (root / "files").mkdir(parents=True)
    (root / "m.md").write_bytes(EXAMPLE.read_bytes())
    (root / "files" / "a.txt").write_text("附件的內容", encoding="utf-8")
    (root / "files" / "a.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    (root / ".hidden.md").write_text("隱藏", encoding="utf-8")
    (tmp_path / "secret.md").write_text("---\ntitle: 機密\n---\n", encoding="utf-8")
    (root / "link.md").symlink_to(tmp_path / "secret.md")
    return root


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    running = Server(Show(folder, None, lambda: [folder / "m.md"], "zh"), 0)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    yield running
    running.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def _get(server: Server, path: str, **headers: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers["Content-Type"], text


def test_the_list_the_frame_the_page_and_a_linked_file(server: Server) -> None:
    assert '<a href="/m/m.md">經濟部政府資料開放諮詢小組第2次會議</a>' in _get(server, "/")[2]
    assert '<iframe id="page" src="/page/m.md"' in _get(server, "/m/m.md")[2]
    assert "<h1" in _get(server, "/page/m.md")[2]
    assert _get(server, "/page/files/a.txt")[1:] == ("text/plain", "附件的內容")


def test_a_linked_page_is_text_so_that_its_script_cannot_run(server: Server) -> None:
    assert _get(server, "/page/files/a.html")[1] == "text/plain"


@pytest.mark.parametrize(
    "path",
    [
        "/page/../secret.md",
        "/page/%2e%2e/secret.md",
        "/page/files/%2e%2e/%2e%2e/secret.md",
        "/page/..%2fsecret.md",
        "/page/..%5csecret.md",
        "/page//etc/passwd",
        "/page/%2fetc%2fpasswd",
        "/page/.hidden.md",
        "/page/link.md",
        "/page/m.md%00.txt",
        "/page/",
        "/page/none.md",
        "/other/m.md",
        "/m/../secret.md",
        "/faults/link.md",
    ],
)
def test_nothing_outside_the_folder_is_served(server: Server, path: str) -> None:
    status, _, text = _get(server, path)
    assert status == 404
    assert "機密" not in text
    assert "root:" not in text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_is_refused(server: Server, host: str) -> None:
    assert _get(server, "/", Host=host)[0] == 403


def test_a_page_of_another_site_is_refused(server: Server) -> None:
    assert _get(server, "/faults/m.md", Origin="http://evil.example")[0] == 403
    assert _get(server, "/faults/m.md", Origin=f"http://127.0.0.1:{server.server_port}")[0] == 200


def test_only_this_machine_can_connect(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_broken_file_keeps_the_last_page_and_says_so(server: Server, folder: Path) -> None:
    before = _get(server, "/page/m.md")[2]
    (folder / "m.md").write_bytes("標題".encode("cp950"))
    assert _get(server, "/page/m.md")[2] == before
    assert "讀不出會議紀錄" in _get(server, "/faults/m.md")[2]


def test_what_the_office_lays_down_is_read_anew_while_the_server_runs(server: Server, folder: Path) -> None:
    layout = folder / "own" / "profile.yaml"
    layout.parent.mkdir()
    (folder / "minutes.toml").write_text('templates = "own"\nschema = "own.json"\n', encoding="utf-8")
    for document, required in (("紀錄", "series"), ("議事錄", "location")):
        layout.write_text(f"document: {document}稿\n", encoding="utf-8")
        (folder / "own.json").write_text(json.dumps({"required": [f"x-{required}"]}), encoding="utf-8")
        assert f"{document}稿</h1>" in _get(server, "/page/m.md")[2]
        assert f"x-{required}" in _get(server, "/faults/m.md")[2]


def test_faults_stand_with_their_lines(server: Server, folder: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("end: ", "end: 08:00 # ", 1)
    (folder / "m.md").write_text(text, encoding="utf-8")
    line = text[: text.index("end: ")].count("\n") + 1
    assert f'<span class="line">第 {line} 行</span>' in _get(server, "/faults/m.md")[2]


def _saved_in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _saved_by_rename(path: Path, text: str) -> None:
    other = path.with_name("m.md.tmp")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


@pytest.mark.parametrize("save", [_saved_in_place, _saved_by_rename])
def test_every_save_is_told_within_three_looks(server: Server, folder: Path, save: Callable[[Path, str], None]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    connection.request("GET", f"/events?seen={server.show.watch.version}")
    stream = connection.getresponse()
    waits, looks = [], []
    for count in range(20):
        save(folder / "m.md", f"---\ntitle: 第{count}次\n---\n")
        start = time.monotonic()
        assert stream.readline().startswith(b"data: ")
        waits.append(time.monotonic() - start)
        assert stream.readline() == b"\n"
        start = time.monotonic()
        time.sleep(INTERVAL)
        looks.append(time.monotonic() - start)  # which takes longer on a busy machine
    connection.close()
    assert median(waits) < 3 * median(looks)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_with_a_browser_connected(folder: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "minutes_cli", "preview", str(folder), "--no-open"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, preexec_fn=interruptible
    ) as process:
        assert process.stdout
        assert process.stderr
        found = re.search(rb"127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found
        with socket.create_connection(("127.0.0.1", int(found[1]))) as client:
            client.sendall(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1:" + found[1] + b"\r\n\r\n")
            client.recv(1)
            process.send_signal(number)
            assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


@pytest.mark.slow
def test_a_browser_shows_each_save_and_keeps_its_place(
    server: Server, folder: Path, tool: Callable[[str], str]
) -> None:
    from playwright.sync_api import sync_playwright

    text = EXAMPLE.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=tool("chromium"), args=flags)
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"{server.address}m/m.md")
        frame = page.frame(url=re.compile("/page/"))
        assert frame
        frame.wait_for_selector("h1")
        frame.evaluate("scrollTo(0, 600)")
        for count in range(100):
            _saved_by_rename(folder / "m.md", text.replace("本次與會委員們", f"第{count}回的委員們"))
            if count % 10 == 9:
                page.frame_locator("#page").locator("body", has_text=f"第{count}回的委員們").wait_for()
            else:
                time.sleep(0.02)
        frame.wait_for_function(
            "scrollY === 600"
        )  # asked again where a page that is still being loaded takes its place
        (folder / "m.md").write_text("---\n", encoding="utf-8")
        page.wait_for_selector("#faults:has-text('讀不出會議紀錄')")
        page.frame_locator("#page").locator("body", has_text="第99回的委員們").wait_for()
        _saved_in_place(folder / "m.md", text)
        page.wait_for_selector("#faults.clean")
        browser.close()
    assert errors == []
