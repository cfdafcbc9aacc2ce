"""Acts found among all or in a chapter, and their chapters, letter by letter: 5 ms; building the index: 100 ms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from quittance.france.tariffs.ccam import flat
from quittance.france.tariffs.search import ActIndex

LIMIT_MS, BUILD_LIMIT_MS = 5, 100
TYPED = (
    "AFLB001",
    "inj peridurale",
    "electrocardiographie 12",
    "radio genou",
    "exerese tumeur",
    "couronne",
    "d",
    "oreille",
)
BELGIAN = ("712316", "aphasie domicile", "dyslexie 30", "forfait", "bilan", "s", "toilette week")


def queries() -> list[str]:
    """What a search box asks for while each text is typed."""
    return [text[:length] for text in TYPED for length in range(1, len(text) + 1)]


def fastest(work: Callable[[], object]) -> float:
    """Milliseconds of the best of five runs: what the work costs, not what else the machine does."""
    spent = []
    for _ in range(5):
        start = perf_counter()
        work()
        spent.append((perf_counter() - start) * 1000)
    return min(spent)


def main() -> int:
    """Print the figures beside their limits; 1 where one is above."""
    codes, labels, strings = flat.codes(), flat.labels(), flat.strings()
    joint = {**strings, "acts": codes, "labels": [labels[code] for code in codes]}
    index = ActIndex.from_strings(joint)
    built = fastest(partial(ActIndex.from_strings, joint))
    spent = [fastest(partial(index.search, query, 20_454, 20)) for query in queries()]
    spent += [fastest(partial(index.search, query, 20_454, 60, chapter="04.03")) for query in queries()]
    spent += [fastest(partial(index.categories, query, 2, 20_454, ("ccam",))) for query in queries()]
    worst = max(spent)
    print(f"search: {len(codes)} acts, {len(spent)} queries, median {median(spent):.2f} ms")
    print(f"search, slowest answer: {worst:.2f} ms (limit {LIMIT_MS} ms)")
    print(f"search, index built: {built:.0f} ms (limit {BUILD_LIMIT_MS} ms)")
    return int(worst > LIMIT_MS or built > BUILD_LIMIT_MS or not belgian())


def belgian() -> bool:
    """The same of the Belgian nomenclature, which is searched through its flat file."""
    from quittance.belgium import country
    from quittance.belgium.tariffs.search import ActIndex as Belgian

    strings = country.flat.strings
    built = fastest(partial(Belgian.from_strings, strings))
    asked = [text[:length] for text in BELGIAN for length in range(1, len(text) + 1)]
    worst = max(fastest(partial(country.index.search, query, 20_577, 200)) for query in asked)
    print(f"search in Belgium, slowest of {len(asked)} answers: {worst:.2f} ms (limit {LIMIT_MS} ms)")
    print(f"search in Belgium, index built: {built:.0f} ms (limit {BUILD_LIMIT_MS} ms)")
    return worst <= LIMIT_MS and built <= BUILD_LIMIT_MS


if __name__ == "__main__":
    sys.exit(main())
