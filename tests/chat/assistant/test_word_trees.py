"""A tree of words finds what the words themselves find, at the same places."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portal.chat.assistant.word_trees import pattern_of

WORDS = st.lists(st.text("ab c.", min_size=1, max_size=4), min_size=1, max_size=8)


@given(WORDS, st.text("ab c.", max_size=30))
def test_the_tree_finds_the_first_place_of_any_word(words, text):
    plainly = re.search("|".join(map(re.escape, words)), text)
    by_tree = re.search(pattern_of(words), text)
    assert (plainly and plainly.start()) == (by_tree and by_tree.start())


def test_words_share_their_beginning():
    assert pattern_of(["gebucht", "gebongt", "reserviert"]) == "(?:geb(?:ongt|ucht)|reserviert)"
