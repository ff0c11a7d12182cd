"""How linking grows with the number of targets: time and memory printed, work asserted.

Two shapes of the same synthetic targets: many cities and years, as they come, and the worst case,
everything in one region and year. Each size runs in a process of its own, so that its peak memory
is its own. `python tests/benchmarks/test_linking.py` goes to 100,000 targets; the test stops early.
Time is never asserted; the number of pairs weighed is.
"""

import multiprocessing
import random
import resource
import time
from decimal import Decimal
from typing import Any

import pytest

from pipelines.facts import DocumentFacts
from pipelines.linking import blocking, joining, link_facts
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking.labelled import make_document, make_line, make_target

ALL_SIZES = (1_000, 10_000, 30_000, 100_000)
SMALL_SIZES = (1_000, 4_000)
ACTIONS = ("新增", "新建", "改造", "完成", "开展", "建成", "实施", "提升")
PLACES = ("老旧小区", "农村", "街道", "社区", "校园", "城区", "乡镇", "公园", "医院", "园区")
KINDS = (
    *("养老", "托育", "助残", "健身", "文化", "消防", "急救", "供水", "燃气", "公交"),
    *("充电", "停车", "阅读", "康复", "心理", "救助", "就业", "招聘", "培训", "体检"),
)
HEADS = ("驿站", "服务点", "床位", "泊位", "线路", "管网", "设施", "讲座", "活动", "机构", "岗位")
UNITS = ("个", "家", "处", "张", "条", "公里", "场", "人次", "户", "套")
LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土东南西北春夏秋冬"
TARGETS_OF_A_PLAN = 20
DISTRICTS_OF_A_CITY = 4


def compose_words(chance: random.Random) -> tuple[str, str]:
    """What a made-up target counts, and in which unit."""
    name = "".join(chance.choices(LETTERS, k=2)) if chance.random() < 0.5 else ""
    words = chance.choice(ACTIONS) + chance.choice(PLACES) + name + chance.choice(KINDS)
    return words + chance.choice(HEADS), chance.choice(UNITS)


def make_plan(
    document_id: str, region: str, year: int, words: list[tuple[str, str]]
) -> DocumentFacts:
    document = make_document(document_id, "responsibility_list", region, year)
    lines = [make_line(document, str(n), said) for n, (said, _) in enumerate(words, start=1)]
    targets = (
        make_target(line, 1, {"indicator": said, "unit": unit, "value": "100"})
        for line, (said, unit) in zip(lines, words, strict=True)
    )
    return DocumentFacts(document, tuple(lines), tuple(targets))


def vary(said: str, chance: random.Random) -> str:
    """The same thing as another office words it."""
    return chance.choice(ACTIONS) + said[2:] if chance.random() < 0.5 else "全市" + said


def make_many_cities(count: int) -> list[DocumentFacts]:
    """City plans of ten years with those of districts, half of which share in the city's."""
    chance = random.Random(7)
    regions = load_vocabulary().regions
    cities = [region for region in regions.members if region.level in ("city", "prefecture")]
    documents: list[DocumentFacts] = []
    while sum(len(facts.targets) for facts in documents) < count:
        number = len(documents)
        city = cities[number % len(cities)]
        year = 2015 + number // len(cities) % 10
        words = [compose_words(chance) for _ in range(TARGETS_OF_A_PLAN)]
        documents.append(make_plan(f"{number}-city", city.region_code, year, words))
        for district in regions.children(city.region_code)[:DISTRICTS_OF_A_CITY]:
            own = [
                (vary(said, chance), unit) if chance.random() < 0.5 else compose_words(chance)
                for said, unit in words
            ]
            name = f"{number}-{district.region_code}"
            documents.append(make_plan(name, district.region_code, year, own))
    return documents


def make_one_place(count: int) -> list[DocumentFacts]:
    """Two plans of one city and year with half of the targets each."""
    chance = random.Random(7)
    words = [compose_words(chance) for _ in range(count // 2)]
    other = [(vary(said, chance), unit) for said, unit in words]
    return [make_plan("one", "330100", 2024, words), make_plan("two", "330100", 2024, other)]


SHAPES = {"many cities and years": make_many_cities, "one city and year": make_one_place}


def measure(shape: str, size: int) -> tuple[int, float, float, int]:
    """Targets, CPU seconds, MB beyond the input at the peak, links; to be run in a new process."""
    documents = SHAPES[shape](size)
    vocabulary = load_vocabulary()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    linking = link_facts(documents, vocabulary)
    seconds = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    targets = sum(len(facts.targets) for facts in documents)
    return targets, seconds, memory, sum(link.to_kind == "target" for link in linking.links)


def print_table(shape: str, sizes: tuple[int, ...]) -> int:
    """Prints a line for each size, and returns how many links were made in all."""
    made = 0
    print(f"\n{shape}\n{'targets':>9} {'CPU s':>8} {'µs each':>8} {'MB':>7} {'links':>7}")
    for size in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            targets, seconds, memory, links = pool.apply(measure, (shape, size))
        each = seconds / targets * 1e6
        print(f"{targets:>9} {seconds:>8.1f} {each:>8.0f} {memory:>7.0f} {links:>7}")
        made += links
    return made


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_print_time_and_memory(shape: str) -> None:
    assert print_table(shape, SMALL_SIZES) > 0


@pytest.mark.parametrize("shape", SHAPES)
def test_pairs_weighed_do_not_grow_faster_than_targets(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = {"pairs": 0}
    weigh = joining.weigh

    def count(*arguments: Any) -> object:
        counted["pairs"] += 1
        return weigh(*arguments)

    monkeypatch.setattr(joining, "weigh", count)
    of_each = []
    for size in (500, 2_000):
        counted["pairs"] = 0
        link_facts(SHAPES[shape](size), load_vocabulary())
        of_each.append(Decimal(counted["pairs"]) / size)
    blocks_of_a_target = 3
    assert max(of_each) <= blocking.MOST_CANDIDATES * blocks_of_a_target
    assert of_each[1] <= of_each[0] * 2


if __name__ == "__main__":
    for name in SHAPES:
        print_table(name, ALL_SIZES)
