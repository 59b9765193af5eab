"""One regular expression for many words, shaped as a tree: a letter is tried once, not once a word.

`gebucht|gebongt|reserviert` becomes `geb(?:ongt|ucht)|reserviert`, which finds the same.
"""

import re
from collections.abc import Iterable

Tree = dict[str, "Tree"]
"""By the next letter; the empty one marks the end of a word."""


def pattern_of(words: Iterable[str]) -> str:
    """Where one word begins another, the shorter one is found: at the same place."""
    tree: Tree = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _pattern(tree)


def _pattern(tree: "Tree") -> str:
    if "" in tree:
        return ""
    ways = [re.escape(letter) + _pattern(branch) for letter, branch in sorted(tree.items())]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
