"""English names are put together from general words, or there is none."""

from pathlib import Path

import pytest

from pipelines.linking.naming import NAMES_FILE, THEMES_FILE, load_names
from pipelines.vocabulary import VocabularyError, WordFiles, load_vocabulary

WORDS = """kind,word,name_en,as_head
action,新建,new,construction
action,改造,renovated,renovation
action,加装,fitted,fitting
action,实施,,implementation
action,建成,,completion
quality,农村,rural,
quality,免费,free,
thing,公路,road,roads
thing,公园,park,parks
thing,住宅,home,homes
thing,电梯,lift,lifts
thing,体检,health check,health checks
audience,老人,older people,
audience,家庭,families,
audience,居民,residents,
and,、,and,
and,和,and,
filler,为,,
filler,项目,,
"""


def write(folder: Path, words: str, themes: str = "theme,word\n养老,老人\n") -> WordFiles:
    (folder / NAMES_FILE).write_text(words, encoding="utf-8")
    (folder / THEMES_FILE).write_text(themes, encoding="utf-8")
    return WordFiles(folder)


@pytest.mark.parametrize(
    ("name_zh", "name_en"),
    [
        ("新建农村公路", "New rural roads"),
        ("农村新建公路", "New rural roads"),
        ("新建“公园”项目", "New parks"),
        ("新建公园和公路", "New parks and roads"),
        ("新建公园、公路、农村住宅", "New parks, roads and rural homes"),
        ("农村公路改造", "Rural road renovation"),
        ("实施公园和公路改造", "Parks and road renovation"),
        ("新建改造公路", "New and renovated roads"),
        ("农村住宅加装电梯", "Fitted lifts in rural homes"),
        ("建成公路", "Roads"),
        ("为老人免费体检", "Free health checks for older people"),
        ("为农村老人实施免费体检", "Free health checks for rural older people"),
        ("为老人家庭加装电梯", "Fitted lifts for families of older people"),
        ("为老人、居民实施体检", "Health checks for older people and residents"),
        ("实施居民住宅改造", "Home renovation for residents"),
        ("实施改造农村居民", "Renovated rural residents"),
        ("改造", "Renovation"),
        # a word is missing, or stands where it cannot
        ("新建甲公路", None),
        ("新建（农村）公路", None),
        ("", None),
        ("为", None),
        ("新建和公路", None),
        ("新建公路和", None),
        ("新建公路农村", None),
        ("新建公路老人", None),
        ("新建公园和老人", None),
        ("新建老人免费", None),
        ("新建、", None),
        ("新建公路、、公园", None),
        ("公路改造新建", None),
        ("农村新建", "Rural construction"),
        ("新建农村", None),
    ],
)
def test_a_name_is_composed_of_listed_words_or_not_at_all(
    tmp_path: Path, name_zh: str, name_en: str | None
) -> None:
    assert load_names(write(tmp_path, WORDS)).compose_english(name_zh) == name_en


def test_a_shorter_word_is_taken_where_only_that_covers_the_rest(tmp_path: Path) -> None:
    more = "thing,公,public thing,public things\nthing,园路,garden path,garden paths\n"
    names = load_names(write(tmp_path, WORDS + more))
    assert names.compose_english("新建公园路") == "New public thing garden paths"


@pytest.mark.parametrize(
    "line",
    [
        "verb,新增,new,",
        "thing,,thing,things",
        "thing,公园,park,parks",
        "thing,广场,square,",
        "thing,广场,,squares",
        "quality,城市,,",
        "action,新增,new,",
    ],
)
def test_a_wrong_line_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(VocabularyError, match=NAMES_FILE) as caught:
        load_names(write(tmp_path, f"{WORDS}{line}\n"))
    assert caught.value.line == WORDS.count("\n") + 1


@pytest.mark.parametrize("line", ["养老,老人", "教育,老人", ",学校", "教育,"])
def test_a_word_has_one_theme(tmp_path: Path, line: str) -> None:
    with pytest.raises(VocabularyError, match=THEMES_FILE):
        load_names(write(tmp_path, WORDS, f"theme,word\n养老,老人\n{line}\n"))


def test_a_theme_is_that_of_most_characters_and_the_category_comes_last(tmp_path: Path) -> None:
    themes = "theme,word\n养老,老人\n教育,学校\n教育,中小学校\n"
    names = load_names(write(tmp_path, WORDS, themes))
    assert names.find_theme("老人中小学校", "养老") == "教育"
    assert names.find_theme("公园", "老人") == "养老"
    assert names.find_theme("公园", None) is None


def test_the_projects_own_words_name_what_nobody_listed() -> None:
    names = load_names(load_vocabulary().files)
    assert names.compose_english("改扩建乡镇敬老院") == "Rebuilt or extended township care homes"
    assert names.compose_english("为80岁以上老年人免费接种流感疫苗") == (
        "Free influenza vaccines for people over 80"
    )
    assert names.compose_english("新增甲乙丙驿站") is None
