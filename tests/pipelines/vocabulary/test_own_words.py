"""A person's own files of words add to the project's, and are read as strictly."""

from pathlib import Path

import pytest

from pipelines.linking.words import load_indicator_words
from pipelines.vocabulary import VocabularyError, load_vocabulary

UNITS = "unit,name_en,dimension,base_unit,factor,family,aliases,not_before"
HEADERS = "role,word,match,note"
REGIONS = (
    "region_code,name,short_names,former_names,name_en,level,parent_code,valid_from,valid_to,"
    "successor,note"
)
BODIES = (
    "organization_id,region_code,name,local_name,province_name,name_en,kind,aliases,successor,"
    "valid_to,note"
)


def write(own: Path, name: str, header: str, *lines: str) -> None:
    (own / name).write_text("\n".join((header, *lines, "")), encoding="utf-8")


def test_without_own_files_it_is_the_projects_vocabulary(tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path / "nowhere").headers.words == load_vocabulary().headers.words
    assert load_vocabulary(tmp_path).files.own_hash == ""


def test_own_words_are_known_everywhere(tmp_path: Path) -> None:
    write(tmp_path, "units.csv", UNITS, "箩,basket,count,箩,1,basket,竹箩,")
    write(tmp_path, "headers.csv", HEADERS, "lead,扛旗者,exact,")
    write(tmp_path, "blank_words.csv", "word,note", "尚待补充,")
    write(tmp_path, "document_kinds.csv", "kind,word,note", "voting_list,揭榜书,")
    write(tmp_path, "indicator_words.csv", "kind,word,group,note", "verb,揭榜,other,")
    vocabulary = load_vocabulary(tmp_path)
    (number,) = vocabulary.grammar.find_numbers("300竹箩")
    assert (number.unit, vocabulary.units.agree("竹箩", "箩")) == ("箩", True)
    match = vocabulary.headers.role_of("扛旗者")
    assert match is not None
    assert match.role == "lead"
    assert vocabulary.is_blank("尚待补充")
    assert vocabulary.document_kinds.hint("年度揭榜书") == "voting_list"
    assert "揭榜" in load_indicator_words(vocabulary.files).actions
    assert "揭榜" not in load_indicator_words(load_vocabulary().files).actions
    assert load_vocabulary().headers.role_of("扛旗者") is None


def test_a_line_for_what_is_listed_adds_to_its_other_names(tmp_path: Path) -> None:
    write(tmp_path, "units.csv", UNITS, "户,,,,,,家户,")
    write(tmp_path, "regions.csv", REGIONS, "110101,,东城老城,,,,,,,,")
    write(tmp_path, "organizations.csv", BODIES, "education,,,,,,,教育大队,,,")
    vocabulary = load_vocabulary(tmp_path)
    (number,) = vocabulary.grammar.find_numbers("300家户")
    assert (number.unit, vocabulary.units.resolve("户")) == ("户", vocabulary.units.resolve("家户"))
    region, body = vocabulary.regions.get("110101"), vocabulary.organizations.by_stem["education"]
    known = load_vocabulary()
    before, other = known.regions.get("110101"), known.organizations.by_stem["education"]
    assert region is not None
    assert before is not None
    assert (region.name, region.short_names) == (before.name, (*before.short_names, "东城老城"))
    assert (body.name, body.aliases) == (other.name, (*other.aliases, "教育大队"))


def test_what_changes_in_own_files_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path, "headers.csv", HEADERS, "lead,扛旗者,exact,")
    before = load_vocabulary(tmp_path)
    assert load_vocabulary(tmp_path) is before
    write(tmp_path, "headers.csv", HEADERS, "support,扛旗者,exact,")
    match = load_vocabulary(tmp_path).headers.role_of("扛旗者")
    assert match is not None
    assert match.role == "support"


@pytest.mark.parametrize(
    ("name", "header", "line", "problem"),
    [
        ("headers.csv", HEADERS, "lead,配合单位,,", "配合单位 has two roles: support, lead"),
        ("headers.csv", HEADERS, "leed,扛旗者,,", "nobody knows the role leed; known: .*lead"),
        ("headers.csv", HEADERS, "lead,扛旗者", "2 fields for 4 columns"),
        ("units.csv", UNITS, "箩,basket,count,箩,0,basket,,", "factor of 箩"),
        ("units.csv", UNITS, "箩,basket,count,筐筐,1,basket,,", "筐筐 is no base unit"),
        ("units.csv", UNITS, "箩,basket,mass,个,1,basket,,", "个 is no base unit of mass"),
        ("units.csv", UNITS, "箩,basket,count,箩,1,,,", "箩 has no family"),
        (
            "units.csv",
            UNITS,
            "箩,basket,count,箩,1,basket,公里,",
            "公里 is a spelling of 公里, too",
        ),
        ("units.csv", UNITS, "户,,,,2,,,", "户 is listed already, and its factor is 1; only"),
        ("units.csv", UNITS, ",basket,count,箩,1,basket,,", "unit is empty"),
        ("regions.csv", REGIONS, "999999,某区,,,,district,888888,,,,", "refers to 888888"),
        ("regions.csv", REGIONS, "999999,某区,,,,districts,110000,,,,", "the level districts"),
        ("regions.csv", REGIONS, "999999,某区,,,,district,110000,1.1.2020,,,", "not a date"),
        ("organizations.csv", BODIES, "x,,某某局,,,,government,民政局,,,", "names two bodies"),
        ("organizations.csv", BODIES, "x,,某某局,,,,government,,nobody,,", "nobody, is not listed"),
        ("organization_suffixes.csv", "kind,suffix,min_length,note", "party,局,two,", "min_length"),
        ("document_kinds.csv", "kind,word,note", "plans,揭榜书,", "nobody knows the kind plans"),
        ("claim_patterns.csv", "kind,pattern", "met,(", "not a regular expression"),
    ],
)
def test_an_own_line_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, header: str, line: str, problem: str
) -> None:
    write(tmp_path, name, f"# mine\n{header}", line)
    with pytest.raises(VocabularyError, match=problem) as caught:
        load_vocabulary(tmp_path)
    assert caught.value.path == tmp_path / name
    assert f"{name}, line 3: " in str(caught.value)


def test_an_own_file_of_another_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "header.csv", HEADERS, "lead,扛旗者,,")
    with pytest.raises(VocabularyError, match=r"header\.csv: no such file of words") as caught:
        load_vocabulary(tmp_path)
    assert caught.value.code == "vocabulary_unknown_file"
