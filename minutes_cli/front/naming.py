"""A name as written in, what it compares by out: without inner space, without a title between surname and given name,
and with one form of each character that input methods offer in two.

Two names of one key are most likely one person.  That is a guess, which `people.same_name` never makes.

>>> key("馬主任正維(代)"), key("周　翊"), key("温平"), key("江恩")
(('馬正維', True), ('周翊', False), ('溫平', False), ('江恩', False))
"""

from __future__ import annotations

import re
from unicodedata import is_normalized

from minutes_cli.front.people import COMPOUND, bare
from minutes_cli.han import is_ideograph

# Each pair is one character in two forms; the second is the one that comes first in Taiwan.
_FORMS = (
    "温溫黄黃吕呂峯峰羣群啓啟眞真强強兪俞爲為産產彦彥顔顏録錄恒恆淸清靑青静靜净淨瑶瑤徳德曽曾増增敎教内內户戶戸戶鎭鎮"
    "衞衛郞郎敍敘説說税稅兑兌悦悅閲閱鋭銳凉涼冲沖祕秘鷄雞寳寶寛寬頼賴蒋蔣鳯鳳冩寫巌巖姫姬舘館踪蹤厦廈咏詠愼慎槇槙"
)
_OTHER = frozenset(_FORMS[::2])
_ONE_FORM = str.maketrans(dict(zip(_FORMS[::2], _FORMS[1::2], strict=True)))
_HAN = r"[^\W\d_]"
_TITLE = f"(?:副|代理|助理|兼任)?{_HAN}{{1,3}}?[長員任授師事席理監人問書官生士姐正司佐記]|君"
_TITLED = rf"(?P<surname>{'|'.join(sorted(COMPOUND))}|{_HAN})(?:{_TITLE})(?P<given>{_HAN}{{1,2}})"


def one_form(name: str) -> str:
    """A name with one form of each character."""
    return name if _OTHER.isdisjoint(name) else name.translate(_ONE_FORM)


def key(name: str) -> tuple[str, bool]:
    """What a name compares by, and whether a title was taken out of it."""
    whole = one_form(name if len(name) < 4 and name.isalpha() and is_normalized("NFC", name) else bare(name))
    found = re.fullmatch(_TITLED, whole) if len(whole) > 3 and all(map(is_ideograph, whole)) else None
    return (found["surname"] + found["given"], True) if found else (whole, False)
