"""Which characters are Chinese.

Asked one by one: a set of Unicode ranges takes a regular expression milliseconds to compile, at every start.
"""

from __future__ import annotations


def is_ideograph(char: str) -> bool:
    """Whether it is a Han character, compatibility ideographs included.

    >>> [is_ideograph(char) for char in "會𠮷ㄧ，a"]
    [True, True, False, False, False]
    """
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"


def is_chinese(char: str) -> bool:
    """Whether it is a Han character, bopomofo, or their punctuation, full-width forms included.

    >>> [is_chinese(char) for char in "會ㄧ，：,é"]
    [True, True, True, True, False, False]
    """
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\ufe10" <= char <= "\ufe6f"
        or "\uff00" <= char <= "\uffef"
        or "\U00020000" <= char <= "\U0003ffff"
    )
