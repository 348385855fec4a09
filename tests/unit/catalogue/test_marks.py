"""How typed marks stand to those of a known word."""

import pytest

from storefront.catalogue.search import marks, words


def form(surface):
    return words.known(surface).marked


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [("nươc", "nước", True), ("nước", "nước", True), ("nước", "nươc", False), ("sữa", "sứa", False)],
)
def test_marks_left_out_are_completed(typed, known, expected):
    assert marks.completes(form(typed), form(known)) is expected


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [
        ("trầ", "trầm", True),
        ("trâ", "trầm", True),
        ("trầm", "trám", False),
        ("đươ", "đường", True),
        ("đuo", "đường", True),
        ("đường", "đươ", False),
        ("dư", "đường", True),
        ("đư", "dừa", False),
    ],
)
def test_half_a_word_may_become_one_that_keeps_its_marks(typed, known, expected):
    assert marks.begins(form(typed), form(known)) is expected


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [("sữa", "sứa", True), ("mấm", "mắm", True), ("bôt", "bột", True), ("trứng", "trung", False)],
)
def test_other_marks_are_near_in_tone_or_in_shape_alone(typed, known, expected):
    assert marks.is_near(form(typed), form(known)) is expected


@pytest.mark.parametrize(
    ("typed", "known", "expected"),
    [("huơi", "hươu", True), ("mực", "ức", False), ("xữa", "xã", False), ("chưg", "chứng", True)],
)
def test_other_letters_keep_the_marks_that_were_typed(typed, known, expected):
    assert marks.keeps(form(typed), form(known)) is expected
