"""What linking takes from a fact: its words without the names of its region."""

import pytest

from pipelines.linking.profiles import read_targets
from pipelines.linking.words import load_indicator_words
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking.test_catalogue import DISTRICT, plan

VOCABULARY = load_vocabulary()
WORDS = load_indicator_words(VOCABULARY.files)


@pytest.mark.parametrize("printed", ["{name}公交车", "{short}公交车", "{word}{name}公交车"])
def test_the_name_of_a_region_does_not_say_what_is_counted(printed: str) -> None:
    region = VOCABULARY.regions.get(DISTRICT)
    assert region is not None
    word = WORDS.before_region[0]
    said = printed.format(name=region.name, short=region.short_names[0], word=word)
    (target,) = read_targets(plan("plan", DISTRICT, 2024, (said, "10", "辆")), WORDS, VOCABULARY)
    assert "公交车" in target.phrase.core
    assert region.short_names[0] not in target.phrase.core
