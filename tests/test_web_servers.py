"""Web servers of one's own: old addresses lead to the new ones by rules in the server's words, and the recipes hold."""

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import SiteFolder
from terminal import alertgen

SITE_YAML = "title: Test Alert\nbase_url: https://example.org/news/\nsearch: false\nredirects: [nginx, apache]\n"
GUIDE = (Path(__file__).parent.parent / "docs/writing-alerts.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```text\n((?:location /|Header) .*?)```", GUIDE, re.DOTALL)
OLD = ("/old/", "/2021/report.html", "/été/marché/", "/what+(is).this/")


@pytest.fixture
def public(site: Callable[..., SiteFolder]) -> Path:
    """The output of a site whose one alert has moved a few times."""
    folder = site()
    folder.write("site.yaml", SITE_YAML)
    aliases = ", ".join(f'"{old}"' for old in OLD)
    head = f"title: Attack\ndate: 2026-11-18\ncountry: SD\nslug: marche\naliases: [{aliases}]"
    folder.write("alerts/attack.md", f"---\n{head}\n---\n\nText.\n")
    ran = alertgen("build", cwd=folder.root)
    assert ran.code == 0, ran.all
    return folder.path("public")


def test_rules_are_written_in_the_words_of_each_server(public: Path) -> None:
    new = next(path.name for path in public.glob("alerts/2026/*") if path.is_dir())
    nginx = (public / "_redirects.nginx").read_text(encoding="utf-8").splitlines()
    apache = (public / ".htaccess").read_text(encoding="utf-8").splitlines()
    for form in ("/news/old/", "/news/old", "/news/old/index.html", "/news/2021/report.html", "/news/été/marché/"):
        assert f'location = "{form}" {{ return 301 "/news/alerts/2026/{quote(new)}/"; }}' in nginx
    assert f'RedirectMatch 301 "^/news/old(/(index\\x2ehtml)?)?$" "/news/alerts/2026/{quote(new)}/"' in apache


def test_nobody_gets_a_file_for_a_server_that_was_not_named(site: Callable[..., SiteFolder]) -> None:
    folder = site("-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: SD\naliases: /old/\n---\nText.\n")
    assert alertgen("build", cwd=folder.root).code == 0
    assert not folder.path("public/_redirects.nginx").exists()
    assert not folder.path("public/.htaccess").exists()
    assert folder.path("public/_redirects").exists()


@contextmanager
def serving(command: list[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        end = time.monotonic() + 20
        while not listens(port):
            assert server.poll() is None, server.communicate()[0]
            assert time.monotonic() < end
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.communicate(timeout=10)


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def answer(port: int, path: str, **asked: str) -> tuple[int, Message]:
    try:
        opener = urllib.request.build_opener(NoRedirect)
        request = urllib.request.Request(f"http://127.0.0.1:{port}{quote(path)}", headers=asked)
        with opener.open(request, timeout=10) as reply:
            return reply.status, reply.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def nginx_command(folder: Path, port: int, rules: str) -> list[str]:
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; "
        f"fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;\n"
        "types { text/html html; text/css css; text/xml xml; application/javascript js; application/json json; "
        "image/svg+xml svg; }\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/www;\n{rules}\n}} }}\n",
        encoding="utf-8",
    )
    return ["-p", str(folder), "-c", str(folder / "nginx.conf")]


def apache_command(folder: Path, port: int, rules: str) -> list[str]:
    modules = "/usr/lib/apache2/modules"
    names = ("mpm_event", "authz_core", "alias", "dir", "headers")
    loaded = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    (folder / "apache.conf").write_text(
        f'{loaded}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/log\n'
        f'DefaultRuntimeDir {folder}\nDocumentRoot {folder}/www\nDirectoryIndex index.html\n'
        f'<Directory {folder}/www>\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n'
        f'User nobody\nGroup nogroup\n{rules}\n',
        encoding="utf-8",
    )  # fmt: skip
    return ["-X", "-f", str(folder / "apache.conf")]


COMMANDS = {"nginx": nginx_command, "apache2": apache_command}


@contextmanager
def served(program: str, public: Path, folder: Path, below: str = "", rules: str = "") -> Iterator[int]:
    """Serve *public* at the path *below*, by *rules*; *folder* is an empty one."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
    shutil.copytree(public, folder / "www" / below)
    for above in (folder, *folder.parents):
        if above.owner() == "root" and above != Path("/") and str(above).startswith("/tmp/pytest"):
            above.chmod(0o755)
    port = free_port()
    with serving([found, *COMMANDS[program](folder, port, rules)], port):
        yield port


@pytest.mark.parametrize("program", COMMANDS)
def test_the_server_itself_leads_from_old_to_new(
    public: Path, tmp_path_factory: pytest.TempPathFactory, program: str
) -> None:
    new = quote(next(path.name for path in public.glob("alerts/2026/*") if path.is_dir()))
    folder = tmp_path_factory.mktemp("server")
    rules = f"include {folder}/www/news/_redirects.nginx;" if program == "nginx" else ""
    with served(program, public, folder, "news", rules) as port:
        forms = {form for old in OLD for form in (old, old.rstrip("/"))} | {"/old/index.html"}
        for form in sorted(forms):
            status, headers = answer(port, f"/news{form}")
            where = headers["Location"].removeprefix(f"http://127.0.0.1:{port}")
            assert (status, where) == (301, f"/news/alerts/2026/{new}/"), form
        for other in ("/news/", f"/news/alerts/2026/{new}/", "/news/feed.xml"):
            assert answer(port, other)[0] == 200, other
        assert answer(port, "/news/what+(is)xthis/")[0] == 404


@pytest.mark.parametrize(("program", "recipe"), [("nginx", RECIPES[0]), ("apache2", RECIPES[1])])
def test_a_server_with_the_recipe_sends_what_hosts_read_in_the_file_of_headers(
    public: Path, tmp_path_factory: pytest.TempPathFactory, program: str, recipe: str
) -> None:
    page, style, data = (
        "/",
        "/" + next(public.glob("static/site.*.css")).relative_to(public).as_posix(),
        "/data/alerts.csv",
    )
    with served(program, public, tmp_path_factory.mktemp("server"), rules=recipe) as port:
        sent = {path: answer(port, path)[1] for path in (page, style, data, "/nowhere/", "/data/")}
        missing = answer(port, "/nowhere/")
    for path, headers in sent.items():
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'" or path == data, path
    kept = {path: headers["Cache-Control"] for path, headers in sent.items() if path != "/nowhere/"}
    assert {path for path, said in kept.items() if said != "no-cache"} == {style}, "a correction is seen at once"
    assert int(sent[style]["Cache-Control"].partition("max-age=")[2].partition(",")[0]) >= 31536000
    assert sent[data].get_content_type() == "text/csv" or program == "apache2"  # which has its types elsewhere
    assert sent[data]["Access-Control-Allow-Origin"] == "*"
    assert sent[page]["Access-Control-Allow-Origin"] is None
    assert missing[0] == 404


def test_what_is_text_is_compressed_by_nginx(public: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    endings = ("html", "css", "js", "xml", "json", "csv", "geojson", "svg")
    files = [next(public.rglob(f"*.{ending}")).relative_to(public).as_posix() for ending in endings]
    with served("nginx", public, tmp_path_factory.mktemp("server"), rules=RECIPES[0]) as port:
        sent = {file: answer(port, f"/{file}", **{"Accept-Encoding": "gzip"})[1] for file in files}
    assert {file for file, headers in sent.items() if headers["Content-Encoding"] != "gzip"} == set()
