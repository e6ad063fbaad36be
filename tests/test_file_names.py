"""What the names of files say."""

import pytest

from alertgen.file_names import is_attached, is_device, is_left_over, is_office_text, is_picture, is_written


@pytest.mark.parametrize("name", ["con", "CON.md", "nul.tar.gz", "com1", "lpt9.txt", "COM¹"])
def test_names_that_windows_takes_for_devices(name):
    assert is_device(name)


@pytest.mark.parametrize("name", ["console", "con-sudan.md", "com", "com0", "lpt10", "auxiliary.txt", ""])
def test_other_names_are_none(name):
    assert not is_device(name)


@pytest.mark.parametrize("path", ["static/site.css.bak", "static/old/site.OLD", "static/error.log"])
def test_what_was_left_over(path):
    assert is_left_over(path)
    assert not is_left_over("static/log")


def test_endings_count_in_any_case_and_each_stands_for_one_thing():
    for path, tests in {
        "alerts/a.PDF": [is_attached],
        "alerts/a.JPG": [is_picture],
        "alerts/a.Docx": [is_written, is_office_text],
        "alerts/a.txt": [is_written],
        "alerts/a.md": [],
        "alerts/a": [],
    }.items():
        assert [test for test in (is_attached, is_picture, is_written, is_office_text) if test(path)] == tests
