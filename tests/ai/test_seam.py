"""Two voices, one sentence."""

import pytest

from portal.ai.seam import Seam, handed_over


def joined(said, *pieces):
    seam = Seam(said)
    return said + "".join([seam.push(piece) for piece in pieces]) + seam.finish()


@pytest.mark.parametrize(
    ("said", "pieces", "whole"),
    [
        ("Wir haben Mon", ("Montag", " geöffnet."), "Wir haben Montag geöffnet."),
        ("Wir haben ", ("Montag", " geöffnet."), "Wir haben Montag geöffnet."),
        ("Wir haben", ("haben ", "Montag"), "Wir haben Montag"),
        ("Wir haben", (" Montag",), "Wir haben Montag"),
        ("Wir haben", ("Montag",), "Wir haben Montag"),
        ("Wir haben Montag", ("Wir", " haben", " Montag auf."), "Wir haben Montag auf."),
        (
            "Wir haben von Montag",
            ("haben von Montag bis Freitag",),
            "Wir haben von Montag bis Freitag",
        ),
        ("Gern. ", ("Wir", " helfen."), "Gern. Wir helfen."),
        ("Gern", (".",), "Gern."),
        ("Gern", ("Gern",), "Gern"),
        ("", ("Gern", "."), "Gern."),
        ("Ja, gern geschehen", (), "Ja, gern geschehen"),
    ],
)
def test_what_was_said_is_not_said_again(said, pieces, whole):
    assert joined(said, *pieces) == whole


def test_single_letters_make_no_difference():
    for said in ("Wir haben Mon", "Wir haben ", "Wir haben von Montag"):
        rest = "Montag an jeden Tag von acht bis siebzehn Uhr für Sie geöffnet."
        assert joined(said, rest) == joined(said, *rest)


def test_only_whole_words_are_handed_over():
    assert handed_over("Wir haben Mon") == "Wir haben "
    assert handed_over("Wir haben ") == "Wir haben "
    assert handed_over("Wir") == ""
