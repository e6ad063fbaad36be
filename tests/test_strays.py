"""What lies in `static/` by accident is recognised in the forms that programs give it, and hardly anything else is."""

from time import perf_counter

import pytest

from alertgen.check.strays import strays

SECRETS = {
    "wp.txt": "[client]\nuser = desk\npassword = 's3cret'\n",
    "env": "SITE=bulletin\nexport API_KEY=abcdef # of the host\n",
    "config.json": '{\n  "password": "s3cret",\n  "host": "example.org"\n}\n',
    "client.json": '{"installed":{"client_id":"1","client_secret":"GOCSPX-abcdef"}}',
    "credentials": "[default]\naws_secret_access_key = wJalrXUt1\n",
    "netrc": "machine example.org\n  login desk\n  password correct\n",
    "htpasswd": "desk:$apr1$abc$def\n",
    "sitemanager.xml": '<Server><Pass encoding="base64">czNjcmV0</Pass></Server>',
    "logins.csv": '"url","username","password"\n',
    "pip.conf": "[global]\nindex-url = https://desk:s3cret@example.org/simple\n",
    "age.txt": "# created: 2026\n# public key: age1\nAGE-SECRET-KEY-1QQQ\n",
    "site.js": "const key = `-----BEGIN RSA PRIVATE KEY-----`",
    "old/Passwords 2024.xlsx": "PK\x03\x04",
    "mots_de_passe.txt": "hébergeur : cheval\n",
}
STRAYS = {
    "program": {
        "index.php": "",
        "old/form.PHP": "x",
        "settings.inc": "<?php $host = 1;",
        "publish": "#!/bin/sh\nrsync",
        "publish.bat": "@echo off",
    },
    "database": {
        "dump": "-- dump\nINSERT INTO `wp_users` VALUES (1);\n",
        "schema.txt": "CREATE TABLE people (\n  id int\n);\n",
        "pg": "COPY public.people (id) FROM stdin;\n1\n",
        "wordpress.xml": "<rss><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP></rss>",
    },
    "e-mail": {
        "sent.eml": "Date: Thu, 1 Jan 2026 10:00:00 +0000\nFrom: A <a@example.org>\nSubject: x\n\nText\n",
        "outlook.txt": "From:\tA\nSent:\tMonday\nTo:\tB\n",
        "outlook-fr.txt": "De : A\nEnvoyé : lundi\n",
        "long.eml": "".join(f"X-{n}: y\n" for n in range(400)) + "From: a\nMIME-Version: 1.0\n",
    },
    "chat": {
        "_chat.txt": "\u200e[18/11/2026, 10:00:00] A: hello\n",
        "chat.txt": "11/18/26, 10:00\u202fPM - A: hello\n",
        "group.txt": "18/11/2026, 10:00 - All is encrypted\n18/11/2026, 10:00 - A joined\n18/11/2026, 10:01 - A: x\n",
        "result.json": '{"type": "personal_chat", "messages": [{"from_id": "user1"}]}',
        "message_1.json": '{"messages": [{"sender_name": "A"}]}',
    },
    "table with the e-mail": {
        "outlook.csv": '"First Name","E-mail Address"\n"A","a@example.org"\n',
        "google.csv": "Name,E-mail 1 - Value\nA,a@example.org\n",
        "respondents.tsv": "respondent\tphone\nA\t+249 912 345 678\n",
        "copied from a sheet.txt": "name\te-mail\nA\ta@example.org\n",
        "courriels.csv": "nom;courriel\nA;a@example.org\n",
    },
    "table with exact": {"kobo.csv": "id,_gps_latitude,_gps_longitude\n1,13.62881,25.34931\n"},
    "track or the places": {
        "wp.gpx": '<gpx><wpt lat="13.6" lon="25.3"/></gpx>',
        "run.tcx": "<LatitudeDegrees>13.6</LatitudeDegrees>",
        "records.json": '{"locations": [{"latitudeE7": 136288123}]}',
        "log.nmea": "$GPGGA,123519,1337.728,N\n",
        "DJI_0001.srt": "1\n00:00:00,000 --> 00:00:00,033\n[latitude: 13.628812] [longitude: 25.349312]\n",
    },
    "exact position": {
        "house.kml": "<kml><Point><coordinates>25.34931,13.62881,0</coordinates></Point></kml>",
        "house.geojson": '{"geometry": {"coordinates": [25.34931, 13.62881], "type": "Point"}}',
        "house.json": '[{"lat": 13.62881, "lon": 25.34931}]',
    },
    "calendar": {"c.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nGEO:13.6;25.3\n"},
}
ORDINARY = {
    "site.css": "input[type=password] { color: red }\n",
    "site.js": 'const words = {\n  password: "min8chars",\n  sender_name: 1,\n  "lat": 13.62881\n};\n',
    "password.svg": "<svg/>",
    "forgot-password.html": "<p>Password forgotten?</p>",
    "choosing-passwords.pdf": "%PDF-1.7",
    "fr.json": '{\n  "password": "Mot de passe",\n  "email": "Courriel"\n}\n',
    "calendar.txt": "Secretary-General: 2026-11-18\nPress contact: 2026-11-19\n",
    "notes.txt": "Password: ask the desk\nFrom: here to there\nSubject: words\n",
    "robots.txt": "User-agent: *\nAllow: /\n",
    "OFL.txt": "Copyright 2010 A Foundry (desk@example.org)\n",
    "places.csv": "place,latitude,longitude\nA town,13.6,25.3\n",
    "figures.csv": "country,phone subscriptions,since\nMali,012345,2026-11-18\n",
    "mailed.csv": "country,e-mails received\nMali,3\n",
    "border.geojson": '{"type": "Polygon", "coordinates": [[[25.34931, 13.62881], [25.4, 13.7]]]}',
    "border.kml": "<coordinates>25.34931,13.62881 25.44931,13.72881</coordinates>",
    "day.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:International day\n",
    "history.txt": "18.11.2026 the market was shelled\n",
    "timeline.txt": "2026-11-18 12:30 - Shells hit a market\n2026-11-18 13:00 - A hospital burns\n",
    "guide.html": "<p>Use another login and password for each site.</p>",
    "log.html": "<p>a log</p>",
    "data.xml": "<?xml version='1.0'?><wps/>",
}


def found(path: str, text: str) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in strays(f"static/{path}", text.encode())]


@pytest.mark.parametrize("path", SECRETS)
def test_what_opens_something_is_found(path: str):
    assert [code for code, _ in found(path, SECRETS[path])] == ["secret-in-static"]


@pytest.mark.parametrize(("what", "path"), [(what, path) for what, files in STRAYS.items() for path in files])
def test_what_names_people_and_places_or_is_of_a_server_is_found(what: str, path: str):
    [(code, message)] = found(path, STRAYS[what][path])
    assert code == "not-for-readers"
    assert what in message


@pytest.mark.parametrize("path", ORDINARY)
def test_ordinary_files_are_taken_for_none_of_it(path: str):
    assert found(path, ORDINARY[path]) == []


@pytest.mark.parametrize(
    "line", ["e-mail,phone,lat,", "a: b\n", "From: a\n", 'password="', "passwd-", "<wp:", "INSERT INTO x "]
)
def test_large_files_cost_little(line: str):
    began = perf_counter()
    assert found("large.csv", line * (1_000_000 // len(line))) == []
    assert perf_counter() - began < 5
