import pytest

from pipelines.vocabulary.compositions import Parts

PARTS = Parts({"one": ["甲", "乙"], "both": ["{one}{丙?}", "甲"]})


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("丁", ["丁"]),
        ("{one}丁", ["甲丁", "乙丁"]),
        ("丁{one?}", ["丁", "丁甲", "丁乙"]),
        ("{one|丁}", ["甲", "乙", "丁"]),
        ("{丁|戊?}己", ["己", "丁己", "戊己"]),
        ("{both}", ["甲", "甲丙", "乙", "乙丙"]),
        ("{甲|甲}", ["甲"]),
    ],
)
def test_a_template_makes_each_of_its_words_once(template: str, words: list[str]) -> None:
    assert list(PARTS.expand(template)) == words


@pytest.mark.parametrize("template", ["{two}", "{one", "one}", "甲?", "甲|乙", "{{one}}"])
def test_a_template_that_cannot_be_expanded_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"no part|stray mark"):
        PARTS.expand(template)


def test_a_part_may_name_earlier_parts_only() -> None:
    with pytest.raises(ValueError, match="later, which is no part"):
        Parts({"early": ["{later}"], "later": ["甲"]})


def test_a_template_that_makes_too_many_words_is_refused() -> None:
    parts = Parts({"many": [str(number) for number in range(200)]})
    assert len(parts.expand("{many}{甲|乙}")) == 400
    with pytest.raises(ValueError, match="40000 words"):
        parts.expand("{many}{many}")
