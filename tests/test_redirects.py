"""Old addresses lead to the new ones on web servers of one's own, by rules in the server's words."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import SiteFolder
from terminal import alertgen

SITE_YAML = "title: Test Alert\nbase_url: https://example.org/news/\nsearch: false\nredirects: [nginx, apache]\n"
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


def answer(port: int, path: str) -> tuple[int, str]:
    try:
        opener = urllib.request.build_opener(NoRedirect)
        with opener.open(f"http://127.0.0.1:{port}{quote(path)}", timeout=10) as reply:
            return reply.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", "")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def nginx_options(folder: Path, port: int) -> list[str]:
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; "
        f"fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; include {folder}/news/_redirects.nginx; }} }}\n",
        encoding="utf-8",
    )
    return ["-p", str(folder), "-c", str(folder / "nginx.conf")]


def apache_options(folder: Path, port: int) -> list[str]:
    modules = "/usr/lib/apache2/modules"
    names = ("mpm_event", "authz_core", "alias", "dir")
    loaded = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    (folder / "apache.conf").write_text(
        f'{loaded}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/log\n'
        f'DefaultRuntimeDir {folder}\nDocumentRoot {folder}\nDirectoryIndex index.html\nUser nobody\nGroup nogroup\n'
        f'<Directory {folder}>\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n',
        encoding="utf-8",
    )  # fmt: skip
    return ["-X", "-f", str(folder / "apache.conf")]


@pytest.mark.parametrize(("program", "command"), [("nginx", nginx_options), ("apache2", apache_options)])
def test_the_server_itself_leads_from_old_to_new(
    public: Path, tmp_path_factory: pytest.TempPathFactory, program: str, command: Callable[[Path, int], list[str]]
) -> None:
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
    folder, port = tmp_path_factory.mktemp("www"), free_port()
    shutil.copytree(public, folder / "news")
    for above in (folder, *folder.parents):
        if above.owner() == "root" and above != Path("/") and str(above).startswith("/tmp/pytest"):
            above.chmod(0o755)
    new = quote(next(path.name for path in public.glob("alerts/2026/*") if path.is_dir()))
    with serving([found, *command(folder, port)], port):
        forms = {form for old in OLD for form in (old, old.rstrip("/"))} | {"/old/index.html"}
        for form in sorted(forms):
            status, where = answer(port, f"/news{form}")
            assert (status, where.removeprefix(f"http://127.0.0.1:{port}")) == (301, f"/news/alerts/2026/{new}/"), form
        for other in ("/news/", f"/news/alerts/2026/{new}/", "/news/feed.xml"):
            assert answer(port, other)[0] == 200, other
        assert answer(port, "/news/what+(is)xthis/")[0] == 404
