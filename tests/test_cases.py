"""The twenty cases that an editor's desk has to get right, as a user meets them: real files, whole builds."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from alertgen.write import MachineError, check_target
from attacks import ATTACKS
from copies import tree
from stained_pictures import CORPUS, SECRET
from terminal import COMMAND, NOW, alertgen, process
from txtar import picture

SITE_YAML = "title: Test Alert\nbase_url: https://example.org/news/\nlevels: r2p-monitor\nsearch: false\n"
ATOM = "{http://www.w3.org/2005/Atom}"


def alert(title="Attack", date="2026-11-11", more="country: SD\n", body="What happened."):
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n{body}\n"


@pytest.fixture
def desk(site):
    """A site with one good alert."""
    folder = site()
    folder.write("site.yaml", SITE_YAML)
    folder.write("alerts/2026/2026-11-04-good.md", alert("A good alert", "2026-11-04"))
    return folder


def run(folder, command="build", *flags, code=0):
    ran = alertgen(command, "--now", NOW, *flags, cwd=folder.root)
    assert ran.code == code, ran.all
    assert "Traceback" not in ran.all
    return ran.out


def faults(folder, *flags) -> list[dict]:
    """The problems of a check, as a program reads them."""
    ran = alertgen("check", "--now", NOW, "--format", "json", *flags, cwd=folder.root)
    assert "Traceback" not in ran.all
    return json.loads(ran.out)["problems"]


def codes(folder) -> set[str]:
    return {fault["code"] for fault in faults(folder)}


def public(folder, path):
    return (folder.root / "public" / path).read_text(encoding="utf-8")


def outputs(folder) -> Iterator[tuple[str, bytes]]:
    for path in (folder.root / "public").rglob("*"):
        if path.is_file():
            yield path.relative_to(folder.root / "public").as_posix(), path.read_bytes()


def traces(folder, *tokens: str) -> list[str]:
    wanted = [token.lower().encode() for token in tokens]
    return [
        path for path, content in outputs(folder)
        if any(token in path.lower().encode() + content.lower() for token in wanted)
    ]  # fmt: skip


# --- 1 to 5: what is typed is what is read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "shown"),
    [
        ("country", "NO", ["Norway"]),
        ("country", "[SE, NO]", ["Sweden", "Norway"]),
        ("title", "12:30", ["12:30"]),
        ("title", "0123", ["0123"]),
        ("title", "3.10", ["3.10"]),
        ("title", "off", ["off"]),
        ("authors", "[0123, 3.10, yes]", ["0123", "3.10", "yes"]),
    ],
)
def test_1_unquoted_values_are_read_as_typed(desk, key, typed, shown):
    text = alert(more=f"{key}: {typed}\n") if key != "title" else alert(title=typed)
    desk.write("alerts/2026/2026-11-11-typed.md", text)
    run(desk)
    page = re.sub(r"<[^>]+>", "", public(desk, "alerts/2026/typed/index.html"))
    assert all(word in page for word in shown)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xef\xbb\xbf" + alert().replace("\n", "\r\n").encode(), None),
        (alert(body="Été à Córdoba").encode("utf-16"), "utf-16"),
        (alert(body="Été à Córdoba").encode("latin-1"), "not-utf8"),
        (alert().replace("---\n", "\u2014\n").encode(), "wrong-fence"),
        (alert().rpartition("---\n")[0].encode(), "unclosed-front-matter"),
        (b"---\n- title: A\n- date: 2026-11-11\n---\nText.\n", "front-matter-not-keys"),
    ],
)
def test_2_files_of_other_programs_are_fine_or_named(desk, content, code):
    desk.write("alerts/2026/2026-11-11-other.md", content)
    found = [fault for fault in faults(desk) if fault["severity"] == "error"]
    assert {fault["code"] for fault in found} == ({code} if code else set())
    assert all(fault["path"] == "alerts/2026/2026-11-11-other.md" and fault["hint"] for fault in found)


def test_3_fifteen_faults_in_five_files_are_told_in_one_run(desk):
    run(desk)
    before = tree(desk.root / "public")
    for number in range(4):
        desk.write(
            f"alerts/2026/2026-10-0{number + 1}-broken.md",
            f"---\ntitel: x\ntitle: Broken {number}\ndate: 2026-10-0{number + 1}\ncountry: Norwya\n"
            f"slug: broken-{number}\n---\nThe figure.[^{number}]\n",
        )
    macro = "{% macro footer() %}\n{{ chrome.publishr }}\n{% endmacro %}\n"
    desk.write("templates/parts/footer.html", macro)
    desk.write("templates/home.html", '{% extends "base.html" %}\n{% block main %}{{ view.latset }}{% endblock %}\n')
    desk.write("templates/country.html", "\n\n{{ page.nothing }}\n")
    told = [(fault["path"], fault["line"]) for fault in faults(desk)]
    expected = [(f"alerts/2026/2026-10-0{number}-broken.md", line) for number in range(1, 5) for line in (2, 5, 8)]
    expected += [("templates/country.html", 3), ("templates/home.html", 2), ("templates/parts/footer.html", 2)]
    assert told == expected
    assert run(desk, code=1).splitlines()[-1].startswith("15 errors in 7 of ")
    assert tree(desk.root / "public") == before


def test_4_slips_are_suggested_and_a_double_shows_both_lines(desk):
    more = "titel: A\ncountry: SD\ncountry: ML\nrisk_tags: [war crime, War-Crimes]\n"
    desk.write("alerts/2026/2026-11-11-slips.md", alert(more=more))
    told = {(fault["code"], fault["line"]): fault for fault in faults(desk)}
    assert set(told) == {("unknown-key", 4), ("duplicate-key", 6), ("unknown-risk-tag", 7)}
    double = told["duplicate-key", 6]
    assert [place["line"] for place in double["also"]] == [5]
    hints = [fault["hint"] for fault in faults(desk) if fault["code"] == "unknown-risk-tag"]
    assert hints == ["did you mean war-crimes?"] * 2


def test_5_countries_are_found_exactly_by_alias_or_not_at_all(desk):
    names = "[Kosovo, Burma, UK, Norwya, Congo]"
    desk.write("alerts/2026/2026-11-11-places.md", alert(more=f"country: {names}\n"))
    told = {fault["message"].split('"')[1]: fault for fault in faults(desk)}
    assert "Burma" not in told
    assert "UK" not in told
    assert told["Norwya"]["hint"] == "did you mean Norway (NO)?"
    assert {"(CD)", "(CG)"} <= set(told["Congo"]["hint"].replace("?", " ").split())
    assert told["Congo"]["code"] == "ambiguous-country"
    desk.edit("alerts/2026/2026-11-11-places.md", names, "[Burma, UK]")
    run(desk)
    assert "Myanmar" in public(desk, "alerts/2026/places/index.html")


# --- 6 and 7: what is held back -----------------------------------------------------------------------------------


def test_6_the_time_zone_of_the_machine_changes_no_byte(desk):
    desk.write("site.yaml", SITE_YAML + "timezone: Africa/Nairobi\n")
    desk.write("alerts/2026/2026-11-21-tomorrow.md", alert("Tomorrow", "2026-11-21"))
    trees = []
    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
        shutil.rmtree(desk.root / "public", ignore_errors=True)
        ran = process("build", cwd=desk.root, env={"TZ": zone, "SOURCE_DATE_EPOCH": "1795206600"})  # 23:30 there
        assert ran.code == 0, ran.all
        assert "2026-11-21-tomorrow.md (future date, appears 21 November 2026 at 00:00 UTC+03:00)" in ran.out
        trees.append(tree(desk.root / "public"))
    assert trees[0] == trees[1] == trees[2]
    assert not [path for path in trees[0] if "tomorrow" in path]
    ran = process("build", cwd=desk.root, env={"SOURCE_DATE_EPOCH": "1795208400"})
    assert "held back" not in ran.out


@pytest.mark.parametrize("key", ["draft: true", "embargo: 2026-12-24T00:00:00+01:00"])
def test_7_what_is_held_back_is_in_no_output_byte(desk, key):
    desk.write("site.yaml", SITE_YAML.replace("search: false\n", "risk_tags: [{slug: qqtoken-tag, name: Tag}]\n"))
    before = traces(desk, "qqtoken") if (desk.root / "public").exists() else []
    desk.write("alerts/2026/qqtoken.png", picture())
    keys = (
        "country: Bhutan\nrisk_tags: [qqtoken-tag]\nslug: qqtoken\nimage: qqtoken.png\nimage_alt: qqtoken\n"
        f"image_credit: qqtoken\nsummary: qqtoken\nsources: [{{title: qqtoken}}]\naliases: [/qqtoken/]\n{key}\n"
    )
    desk.write(
        "alerts/2026/2026-11-11-qqtoken.md", alert("qqtoken", more=keys, body="qqtoken\n\n![qqtoken](qqtoken.png)")
    )
    run(desk)
    assert before == []
    assert {path for path in traces(desk, "qqtoken") if not path.startswith("risks/")} - {
        ".alertgen-manifest.json"
    } == set()
    assert traces(desk, "bhutan") == []


@pytest.mark.parametrize("typed", ["", " ", "''", "~", "null", "# later"])
def test_7_an_embargo_without_a_moment_is_an_error_never_no_embargo(desk, typed):
    desk.write("alerts/2026/2026-11-11-text.md", alert(more=f"embargo: {typed}\n"))
    assert {(fault["line"], fault["severity"]) for fault in faults(desk)} == {(4, "error")}


def test_7_no_translation_appears_before_an_embargo_has_ended(desk):
    desk.write("site.yaml", SITE_YAML + "languages: [en, fr, ar]\n")
    embargo = "country: SD\nembargo: 2026-12-24T00:00:00+01:00\n"
    desk.write("alerts/2026/2026-11-11-text.md", alert(more=embargo))
    desk.write("alerts/2026/2026-11-11-text.fr.md", alert(title="Un texte"))
    desk.write("alerts/2026/2026-11-11-text.ar.md", alert(more=embargo.replace("+01:00", "+02:00")))
    told = {fault["path"].rpartition("text.")[2]: fault for fault in faults(desk) if fault["severity"] == "error"}
    assert {name: (fault["code"], fault["line"]) for name, fault in told.items()} == {
        "fr.md": ("translation-mismatch", 1),
        "ar.md": ("translation-mismatch", 5),
    }
    assert [(place["path"], place["line"]) for place in told["fr.md"]["also"]] == [
        ("alerts/2026/2026-11-11-text.md", 5)
    ]
    line = told["fr.md"]["hint"].splitlines()[-1]
    desk.edit("alerts/2026/2026-11-11-text.fr.md", "country: SD", f"country: SD\n{line}")
    desk.write("alerts/2026/2026-11-11-text.ar.md", alert(more=embargo.replace("-24T", "-30T")))
    assert "2026-11-11-text.fr.md (embargo, appears 24 December 2026 at 00:00 UTC+01:00)" in run(desk)
    assert run(desk, "check", "--now", "2026-12-25T00:00:00+00:00").count("held back") == 1


EMBARGO = "country: SD\nembargo: 2026-12-24T00:00:00+01:00\n"


@pytest.mark.parametrize(
    ("keys", "early"),
    [
        ({".": EMBARGO + "draft: true\n", ".fr.": ""}, [".fr."]),
        ({".": "draft: true\n", ".fr.": EMBARGO, ".ar.": ""}, [".ar."]),
        ({".": "", ".fr.": EMBARGO}, ["."]),
        ({".": "draft: true\n", ".fr.": EMBARGO}, []),
        ({".": "", ".fr.": "draft: true\n"}, []),
        ({".": EMBARGO, ".fr.": EMBARGO.replace("-24", "-30")}, []),
        ({".": EMBARGO, "-fr.": ""}, ["-fr."]),
        ({".": EMBARGO, "-fr.": "draft: true\n"}, []),
    ],
)
def test_7_an_embargo_that_is_written_in_one_language_is_not_forgotten_in_another(desk, keys, early):
    desk.write("site.yaml", SITE_YAML + "languages: [en, fr, ar]\n")
    for name, more in keys.items():
        desk.write(f"alerts/2026/2026-11-11-text{name}md", alert(title=f"Text {name}", more=more or "country: SD\n"))
    told = [fault["path"].partition("text")[2] for fault in faults(desk) if fault["severity"] == "error"]
    assert told == [f"{name}md" for name in early]


def test_7_a_translation_of_what_is_public_may_wait_by_itself(desk):
    desk.write("site.yaml", SITE_YAML + "languages: [en, fr, ar]\n")
    desk.write("alerts/2026/2026-11-11-text.md", alert())
    run(desk)
    desk.write("alerts/2026/2026-11-11-text.fr.md", alert(title="Un texte", more=EMBARGO))
    desk.write("alerts/2026/2026-11-11-text.ar.md", alert(title="Texte", more="country: SD\n"))
    assert codes(desk).isdisjoint({"translation-mismatch", "dated-back"})


# --- 8 and 9: the output folder -----------------------------------------------------------------------------------


def test_8_a_deleted_alert_is_gone_and_foreign_files_stay(desk):
    desk.write("alerts/2026/2026-11-11-second.md", alert("The second"))
    run(desk)
    desk.write("public/CNAME", "example.org\n")
    desk.delete("alerts/2026/2026-11-11-second.md")
    desk.delete("published.json")  # as if it had never been published; else an alias is asked for (case 11)
    run(desk)
    assert not (desk.root / "public/alerts/2026/second").exists()
    assert public(desk, "CNAME") == "example.org\n"


def test_8_folders_that_are_not_for_output_are_refused(desk, tmp_path):
    (desk.root / "repo/.git").mkdir(parents=True)
    (desk.root / "mine").mkdir()
    (desk.root / "mine/thesis.txt").write_text("years of work")
    before = tree(desk.root)
    for target in (".", "..", str(Path.home()), "repo", "mine", "alerts"):
        ran = alertgen("build", "--now", NOW, "--out", target, cwd=desk.root)
        assert ran.code == 2, (target, ran.all)
        assert "hint:" in ran.err
        assert {path: digest for path, digest in tree(desk.root).items() if not path.startswith(".alertgen")} == before
    with pytest.raises(MachineError):
        check_target(Path("/"), desk.root)


def test_9_a_killed_build_leaves_the_old_site_or_the_new_one(desk):
    run(desk)
    desk.write("alerts/2026/2026-11-11-second.md", alert("The second"))
    old = tree(desk.root / "public")
    copy = desk.root.parent / "copy"
    shutil.copytree(desk.root, copy)
    new = _built(copy)
    for seconds in (0.3, 0.6, 0.9, 1.2, 1.5):
        building = subprocess.Popen([*COMMAND, "build", "--now", NOW], cwd=desk.root, stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        building.send_signal(signal.SIGKILL)
        building.wait()
        assert tree(desk.root / "public") in (old, new)
    run(desk)
    assert tree(desk.root / "public") == new


def _built(root):
    assert alertgen("build", "--now", NOW, cwd=root).code == 0
    return tree(root / "public")


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EACCES, "permission is denied"),
    ],
)
def test_9_a_refusing_machine_is_named_and_the_old_site_stays(desk, monkeypatch, number, cause):
    run(desk)
    before = tree(desk.root / "public")
    desk.write("alerts/2026/2026-11-11-second.md", alert("The second"))

    def refuse(*_, **__):
        raise OSError(number, os.strerror(number), "public/x")

    monkeypatch.setattr(sys.modules["alertgen.write.publish"], "swap", refuse)
    ran = alertgen("build", "--now", NOW, cwd=desk.root)
    assert ran.code == 3, ran.all
    assert cause in ran.err
    assert ran.err.endswith("Nothing was written; the site that was there is untouched.\n")
    assert tree(desk.root / "public") == before


def test_9_a_first_build_that_fails_does_not_tell_of_a_site_that_was_there(desk, monkeypatch):
    none = "Nothing was written; there is no site in public/ yet."
    desk.write("alerts/2026/2026-11-11-second.md", alert(more="country: Norwya\n"))
    assert run(desk, code=1).endswith(f"1 error in 1 of 2 files. {none}\n")
    desk.delete("alerts/2026/2026-11-11-second.md")

    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "public/x")

    monkeypatch.setattr(sys.modules["alertgen.write.publish"], "swap", refuse)
    ran = alertgen("build", "--now", NOW, cwd=desk.root)
    assert ran.code == 3, ran.all
    assert ran.err.endswith(f"then run the command again. {none}\n")


def unprivileged(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run alertgen as somebody whom permissions stop; root is stopped by none."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []
    if drop and shutil.which("setpriv") is None:
        pytest.skip("permissions do not stop root")
    return subprocess.run([*drop, *COMMAND, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120)


def test_9_real_permissions_are_told_in_words_and_nothing_is_published_without_what_they_hide(desk):
    run(desk)
    before = tree(desk.root / "public")
    desk.write("alerts/2026/2026-11-11-second.md", alert("The second"))
    told = {}
    for path, mode in ((".", 0o555), ("public", 0o555), (".alertgen", 0o555), ("alerts/2026", 0o000)):
        desk.path(path).chmod(mode)
        ran = unprivileged("build", "--now", NOW, cwd=desk.root)
        desk.path(path).chmod(0o755)
        told[path] = (ran.returncode, ran.stdout + ran.stderr)
        assert tree(desk.root / "public") == before
    assert all("ermission" in text and "Nothing was written; the site" in text for _, text in told.values()), told
    assert [code for code, _ in told.values()] == [3, 3, 3, 1]
    assert "Remove the folder" in told[".alertgen"][1]
    assert "alerts/2026: error[unreadable-file]: this folder cannot be read" in told["alerts/2026"][1]
    assert "vanished-address" not in told["alerts/2026"][1]


def test_9_two_builds_at_once_end_in_one_right_site(desk):
    builds = [
        subprocess.Popen(
            [*COMMAND, "build", "--now", NOW], cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _ in range(2)
    ]
    said = [build.communicate(timeout=120)[0].decode() for build in builds]
    assert all(
        build.returncode == 0 or (build.returncode == 3 and "Another build" in text)
        for build, text in zip(builds, said, strict=True)
    ), said
    ran = alertgen("verify", cwd=desk.root)
    assert ran.code == 0, ran.all


# --- 10 to 12: addresses and ids ----------------------------------------------------------------------------------


@pytest.mark.parametrize("published", [False, True])
def test_10_two_alerts_of_one_address_are_both_named(desk, published):
    desk.write("alerts/2026/2026-11-11-one.md", alert(more="slug: same\n"))
    if published:  # the ledger gives both the id of that address
        run(desk)
    desk.write("alerts/2026/2026-11-12-two.md", alert(date="2026-11-12", more="slug: same\n"))
    (fault,) = faults(desk)
    assert fault["code"] == "twin-slug"
    named = {fault["path"], *(place["path"] for place in fault["also"])}
    assert named == {"alerts/2026/2026-11-11-one.md", "alerts/2026/2026-11-12-two.md"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Market", "market"), (unicodedata.normalize("NFC", "marché"), unicodedata.normalize("NFD", "marché"))],
)
def test_10_names_that_some_computers_cannot_tell_apart(desk, one, other):
    desk.write(f"alerts/2026/2026-11-11-{one}.md", alert(more="slug: one\n"))
    desk.write(f"alerts/2026/2026-11-11-{other}.md", alert(more="slug: other\n"))
    if len(list(desk.path("alerts/2026").glob("2026-11-11*"))) < 2:
        pytest.skip("this disk cannot keep both")
    found = [fault for fault in faults(desk) if fault["code"] == "twin-names"]
    assert len(found) == 1
    assert len({found[0]["path"], *(place["path"] for place in found[0]["also"])}) == 2


@pytest.mark.parametrize("name", ["2026-11-11-السودان", "2026-11-11-" + "x" * 230, "CON", "2026-11-11-日本"])
def test_10_odd_names_get_a_stable_address(desk, name):
    desk.write(f"alerts/2026/{name}.md", alert())
    run(desk)
    first = {path for path, _ in outputs(desk) if path.startswith("alerts/2026/") and path.endswith("index.html")}
    assert len(first) == 3  # two alerts and the year
    shutil.rmtree(desk.root / "public")
    run(desk)
    assert {
        path for path, _ in outputs(desk) if path.startswith("alerts/2026/") and path.endswith("index.html")
    } == first
    assert codes(desk) == ({"windows-name"} if name == "CON" else set())


def test_10_a_title_of_three_hundred_characters_is_fine(desk):
    desk.write("alerts/2026/2026-11-11-long.md", alert(title="long " * 60))
    run(desk)
    assert "long long" in public(desk, "alerts/2026/long/index.html")


def test_11_a_renamed_alert_gets_the_line_to_paste(desk):
    run(desk)
    desk.move("alerts/2026/2026-11-04-good.md", "alerts/2026/2026-11-04-better.md")
    found = [fault for fault in faults(desk) if fault["code"] == "vanished-address"]
    assert "/alerts/2026/good/" in found[0]["message"]
    line = found[0]["hint"].splitlines()[-1]
    assert re.fullmatch(r"aliases: \[.*/alerts/2026/good/.*\]", line)
    desk.edit("alerts/2026/2026-11-04-better.md", "country: SD\n", f"country: SD\n{line}\n")
    run(desk)
    assert "alerts/2026/better/" in public(desk, "alerts/2026/good/index.html")


def test_12_no_feed_id_changes_with_title_slug_or_domain(desk):
    run(desk)
    before = ids(desk)
    desk.edit("alerts/2026/2026-11-04-good.md", "title: A good alert", "title: Another title")
    more = "country: SD\nslug: other\naliases: [/alerts/2026/good/]\n"
    desk.edit("alerts/2026/2026-11-04-good.md", "country: SD\n", more)
    desk.edit("site.yaml", "https://example.org/news/", "https://www.example.com/")
    run(desk)
    assert ids(desk) == before
    assert len(before) == 2


def ids(folder) -> list[str]:
    feeds = [ElementTree.fromstring(public(folder, path)) for path in ("atom.xml", "countries/sudan/atom.xml")]
    return [entry.findtext(f"{ATOM}id") for feed in feeds for entry in feed.iter(f"{ATOM}entry")]


# --- 13 to 17: what is in the texts -------------------------------------------------------------------------------


def test_13_awkward_signs_give_a_valid_feed_or_an_error_at_their_line(desk):
    awkward = "Q&A ]]> <b> &nbsp; \u0627\u0644"
    desk.write(
        "alerts/2026/2026-11-11-signs.md", alert(title=f'"{awkward}"', body="Text: Q&A ]]> &nbsp; ![x](signs.png)")
    )
    desk.write("alerts/2026/signs.png", picture())
    run(desk)
    feed = ElementTree.fromstring(public(desk, "feed.xml"))
    assert f"Test Alert: {awkward}" in [item.findtext("title") for item in feed.iter("item")]
    content = public(desk, "feed.xml")
    assert 'src="https://example.org/news/images/' in content.replace("&quot;", '"').replace("&lt;", "<")
    desk.edit("alerts/2026/2026-11-11-signs.md", "Text: ", "Te\x07xt: ")
    (fault,) = (fault for fault in faults(desk) if fault["severity"] == "error")
    assert (fault["code"], fault["line"]) == ("control-character", 6)


def test_14_what_pictures_and_remarks_hide_is_in_no_output_byte(desk):
    names = ("jpeg-gps.jpg", "jpeg-thumbnail.jpg", "jpeg-comment.jpg", "jpeg-xmp.jpg")
    for name in names:
        desk.write(f"alerts/2026/{name}", CORPUS[name]())
        assert SECRET.encode() in CORPUS[name]()
    body = "<!-- source is Zq-Secret-Source -->\n\n" + "\n\n".join(f"![A picture]({name})" for name in names)
    desk.write("alerts/2026/2026-11-11-pictures.md", alert(body=body))
    assert "comment-removed" in run(desk)
    assert traces(desk, SECRET, "zq-secret-source", "Exif\0\0") == []
    assert len([path for path, _ in outputs(desk) if path.startswith("images/")]) >= len(names)


def test_15_no_script_of_a_text_can_run(desk):
    for number, (name, body) in enumerate(sorted(ATTACKS.items())[::6]):
        day = f"2026-10-{number % 28 + 1:02}"
        desk.write(f"alerts/2026/{day}-{number}.md", alert(name, day, body=f"{body}\n\nText."))
    for path in {fault["path"] for fault in faults(desk) if fault["severity"] == "error"}:
        desk.delete(path)
    run(desk)
    pages = [content.decode() for path, content in outputs(desk) if path.endswith(".html")]
    assert len(pages) > 20
    assert [danger for page in pages for danger in dangers(page)] == []


def dangers(page: str) -> Iterator[str]:
    """What in *page* could run or fetch anything but the site's own scripts."""
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "base", "portal", "applet"):
            yield element.tag
        yield from (name for name in element.attrib if name.lower().startswith("on"))
        for name in ("href", "src", "action", "formaction", "data"):
            address = re.sub(r"[\s\0-\x20]", "", element.get(name) or "").lower()
            if address.startswith(("javascript:", "data:", "vbscript:", "//")):
                yield address
        if element.tag == "script" and element.get("type") != "application/ld+json":
            yield from re.findall(r"evil\.example|alert\(1\)", f"{element.get('src')} {element.text}")


def test_16_paths_that_lead_out_are_refused(desk):
    (desk.root.parent / "secret.jpg").write_bytes(picture("jpeg"))
    desk.path("alerts/2026/link.jpg").symlink_to(desk.root.parent / "secret.jpg")
    for number, target in enumerate(("../../../secret.jpg", "link.jpg", "..%2f..%2f..%2fsecret.jpg", "/etc/hostname")):
        keys = f"image: {target}\nimage_alt: A\nimage_credit: B\n"
        desk.write(f"alerts/2026/2026-11-1{number}-x.md", alert(date=f"2026-11-1{number}", more=keys))
    told = faults(desk)
    at_keys = [fault for fault in told if fault["line"] == 4]
    assert [fault["code"] for fault in at_keys] == ["refused-path"] * 4
    assert {fault["code"] for fault in told} == {"refused-path"} | ({"twin-slug"} if len(told) > 5 else set())


def test_17_notes_of_two_alerts_share_no_id(desk):
    for number in (1, 2):
        body = "A figure.[^1] Another.[^1]\n\n[^1]: The note.\n\n### A heading\n\nText."
        desk.write(
            f"alerts/2026/2026-11-1{number}-note-{number}.md", alert(f"Alert {number}", f"2026-11-1{number}", body=body)
        )
    run(desk)
    for path, content in outputs(desk):
        if path.endswith(".html"):
            found = re.findall(r'\sid="([^"]+)"', content.decode())
            assert len(found) == len(set(found)), path
    bodies = [re.findall(r'id="(fn[^"]+)"', public(desk, f"alerts/2026/note-{number}/index.html")) for number in (1, 2)]
    assert bodies[0]
    assert not set(bodies[0]) & set(bodies[1])


# --- 18 to 20: the same everywhere, and told well -----------------------------------------------------------------


def test_18_order_locale_and_memory_change_no_byte(desk, tmp_path):
    desk.write("alerts/2026/2026-11-11-b.md", alert("Côte d'Ivoire", more="country: [CI, SD]\n"))
    desk.write("pages/about.md", "---\ntitle: About\n---\nText.\n")
    files = [path for path in desk.root.rglob("*") if path.is_file()]
    trees = []
    for number, environment in enumerate(
        ({"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"LANG": "ar"})
    ):
        copy = tmp_path / f"copy-{number}"
        for file in files[::-1] if number % 2 else files:
            target = copy / file.relative_to(desk.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        for _ in range(2):  # cold, then warm
            shutil.rmtree(copy / "public", ignore_errors=True)
            ran = process("build", "--now", NOW, cwd=copy, env=environment)
            assert ran.code == 0, ran.all
            trees.append(tree(copy / "public"))
    assert [sorted(one.items() ^ trees[0].items()) for one in trees] == [[]] * len(trees)


def test_19_each_slip_with_links_and_pictures_is_told_at_its_line(desk):
    desk.write("alerts/2026/photo.jpg", picture("jpeg"))
    desk.write("alerts/2026/phone.jpg", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64)
    body = (
        "See [the other](2026-11-03-gone.md) and [this part](2026-11-04-good.md#nowhere).\n\n"
        "![](photo.jpg)\n\n![From a telephone](phone.jpg)"
    )
    desk.write("alerts/2026/2026-11-11-slips.md", alert(more="image: photo.jpg\n", body=body))
    told = {(fault["line"], fault["code"]) for fault in faults(desk)}
    assert {(4, "image-without-alt"), (4, "image-without-credit"), (8, "picture-without-alt")} <= told
    assert {line for line, code in told if code in ("image-kind", "image-unreadable")} == {10}
    desk.edit("alerts/2026/2026-11-11-slips.md", "image: photo.jpg\n", "")
    desk.edit("alerts/2026/2026-11-11-slips.md", "\n\n![](photo.jpg)\n\n![From a telephone](phone.jpg)", "")
    dead = [(fault["line"], fault["column"]) for fault in faults(desk) if fault["code"] == "dead-link"]
    assert [line for line, _ in dead] == [5, 5]
    assert len(set(dead)) == 2


def test_19_links_of_and_to_texts_with_faults_are_told_once(desk):
    body = "See [a](missing.md), [b](#own), [c](/countries/chad/), [d]() and [e](%23own)."
    desk.write("alerts/faulty.md", alert(more="country: Sudann\n", body=body))
    links = "[1](faulty.md) [2](/alerts/2026/faulty/) [3](/countries/sudan/) [4](/alerts/2025/) [5](gone.md) [6](/us/)"
    desk.write("alerts/whole.md", alert(title="Whole", more="country: ML\n", body=links))
    told = [(fault["path"], fault["code"], (fault["message"].split('"') * 2)[1]) for fault in faults(desk)]
    assert sorted(told) == [
        ("alerts/faulty.md", "dead-link", "missing.md"),
        ("alerts/faulty.md", "dead-link", "this link has no address"),
        ("alerts/faulty.md", "unknown-country", "Sudann"),
        ("alerts/whole.md", "dead-link", "/us/"),
        ("alerts/whole.md", "dead-link", "gone.md"),
    ]


def test_19_a_link_to_a_text_that_cannot_be_read_is_not_dead(desk):
    desk.write("alerts/long.md", "x" * 1024 * 1025)
    desk.write("alerts/.cloud.md.icloud", "x")
    (desk.root / "alerts/away.md").symlink_to(desk.root / "elsewhere.md")
    (desk.root / "alerts/old").symlink_to(desk.root / "elsewhere", target_is_directory=True)
    (desk.root / "elsewhere").mkdir()
    links = "[1](long.md) [2](/alerts/2026/long/) [3](cloud.md) [4](away.md#part) [5](old/2020-01-08-a.md) [6](gone.md)"
    desk.write("alerts/whole.md", alert(title="Whole", more="country: ML\n", body=links))
    told = [(fault["path"], fault["code"]) for fault in faults(desk)]
    assert sorted(told) == [
        ("alerts/away.md", "unreadable-file"),
        ("alerts/cloud.md", "not-downloaded"),
        ("alerts/long.md", "too-large"),
        ("alerts/old", "refused-path"),
        ("alerts/whole.md", "dead-link"),
    ]


def test_19_another_alert_of_nearly_the_same_day_is_not_suggested(desk):
    desk.write("alerts/2026-11-11-market.md", alert(more="country: SD\n"))
    links = "[1](2026-11-12-hospital.md) [2](2026-11-12-market.md) [3](2026-11-11-markt.md)"
    desk.write("alerts/whole.md", alert(title="Whole", more="country: ML\n", body=links))
    hints = [fault["hint"] for fault in faults(desk) if fault["code"] == "dead-link"]
    assert hints[0].startswith("write the name of a file")
    assert hints[1:] == ["did you mean 2026-11-11-market.md?"] * 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_20_every_console_gets_the_full_text(desk, encoding):
    desk.write("alerts/2026/[bulletin-12].md", alert("السودان — «حرب»", more="country: السودا\n"))
    ran = process("build", "--now", NOW, cwd=desk.root, env={"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert ran.code == 1
    assert ran.err == ""
    assert "alerts/2026/[bulletin-12].md:4:10: error[unknown-country]" in ran.out
    assert "Nothing was written" in ran.out
    assert ("السودا" if encoding == "utf-8" else "\\u0627\\u0644\\u0633\\u0648\\u062f\\u0627") in ran.out
