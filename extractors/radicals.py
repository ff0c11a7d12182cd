"""Characters that a font's map names wrongly though they look right: radicals for characters.

Some producers look a shape up in the font and write the first code point that uses it; in several
large fonts that is a Kangxi radical (U+2F00…) or a CJK radical (U+2E80…) instead of the character
that was typed. The shapes are identical, so the character is restored.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = {
    "⺀": "冫", "⺁": "厂", "⺃": "乚", "⺅": "亻", "⺆": "冂", "⺈": "刀", "⺉": "刂", "⺊": "卜",
    "⺋": "㔾", "⺎": "兀", "⺒": "巳", "⺓": "幺", "⺔": "彑", "⺖": "忄", "⺗": "心", "⺘": "扌",
    "⺙": "攵", "⺛": "旡", "⺝": "月", "⺞": "歺", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "氺",
    "⺣": "灬", "⺤": "爫", "⺥": "爫", "⺦": "丬", "⺨": "犭", "⺩": "王", "⺫": "目", "⺬": "示",
    "⺭": "礻", "⺮": "竹", "⺯": "糸", "⺰": "纟", "⺳": "罒", "⺴": "罓", "⺶": "羊", "⺷": "羊",
    "⺹": "耂", "⺻": "聿", "⺼": "月", "⺽": "臼", "⺾": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀",
    "⻄": "西", "⻅": "见", "⻆": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶",
    "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门",
    "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食",
    "⻟": "飠", "⻠": "饣", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤",
    "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜",
    "⻰": "龙", "⻱": "龜", "⻲": "亀", "⻳": "龟",
}  # fmt: skip
_RADICALS = {
    **{ord(radical): character for radical, character in _SUPPLEMENT.items()},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    # The compatibility mapping gives the Traditional form; Simplified fonts draw this one.
    ord("⼾"): "户",
}


def restore_characters(text: str) -> str:
    """The text with radicals replaced by the characters that they look like."""
    return text if text.isascii() else text.translate(_RADICALS)


_LOOK_ALIKES: dict[str, tuple[str, ...]] = {}
for _code, _character in _RADICALS.items():
    _LOOK_ALIKES[_character] = (*_LOOK_ALIKES.get(_character, ()), chr(_code))


def find_radicals(character: str) -> tuple[str, ...]:
    """The radicals that are restored to the character; empty where it looks like none."""
    return _LOOK_ALIKES.get(character, ())
