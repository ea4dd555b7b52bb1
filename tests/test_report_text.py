"""What the whole report says: golden words, none that claims too much, a name for every number, marks where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from document_answers import shipped
from report_text import GOLDEN, report, report_html, text_of

from simulator.documents.contents import Block, Fold, Pair, Picture, Section, Table, texts
from simulator.documents.register import printed_in
from simulator.documents.remaining import FIGURE, NO_FIGURE, QUOTED
from simulator.report.behind import Background
from simulator.report.named import named, pieces

CLAIMS = (
    r"\bprov(?:es|ed)\b",
    r"\bno effect\b",
    r"\bBCR\b",
    r"good value",
    r"\bsaves £(?![\d,.]+[mk]? of programme cost \(cashable)",
)


def test_the_words_are_the_golden_ones():
    assert text_of(report()) == GOLDEN.read_text("utf-8"), "python tests/report_text.py writes the golden text anew"


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_word_claims_too_much(claim: str):
    said = text_of(report()).replace("With no effect at all", "")
    assert not re.search(claim, said, flags=re.I)


def own_words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """What the report says itself: neither names of rows, nor sources that it quotes."""
    for block in blocks:
        if isinstance(block, Section | Fold):
            yield from () if getattr(block, "name", "") in QUOTED else own_words(block.blocks)
        elif isinstance(block, Table | Picture):
            table = block if isinstance(block, Table) else block.table
            yield from () if table.wide else [cell for row in table.rows for cell in row[1:]]
        elif isinstance(block, Pair):
            yield from own_words(block.parts)
        else:
            yield from (words for _, words in texts(block))


def test_every_number_has_a_name():
    looked = 0
    for section in (Section("summary", "", report().lead), *report().sections):
        for words in own_words((section,)):
            for piece in pieces(words):
                looked += 1
                left = re.sub(NO_FIGURE, "", piece.words)
                assert piece.name or not re.search(rf"(?<![\w.]){FIGURE}(?!\w)", left), (section.name, piece.words)
    assert looked > 1000


def test_every_named_number_is_in_the_answers_at_its_exact_value():
    from report_text import REGRESSION

    answers = {**shipped(), "regression": REGRESSION}
    exact: dict[str, float] = {}

    def walk(value):
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(each)
        if hasattr(value, "name"):
            exact[value.name] = float(value)

    for name, answer in answers.items():
        walk(named(answer, name))
    found = {name: each for name, each in printed_in(report()).items() if name in exact}
    assert len(found) > 300
    assert all(each.exact == exact[name] for name, each in found.items())


def test_behind_every_number_stands_something():
    from report_text import REGRESSION

    background = Background({**shipped(), "regression": REGRESSION})
    for name in printed_in(report()):
        if not name.startswith("said."):
            found = background.behind(name)
            assert found.how and found.meaning, name


def test_results_in_pounds_of_a_superseded_table_carry_its_sign_and_counts_do_not():
    captions = {place: words for section in report().sections for place, words in texts(section) if place}
    lines = text_of(report()).splitlines()
    (npsv,) = [line for line in lines if line.startswith("[NPSV, present value")]
    (offences,) = [line for line in lines if line.startswith("[Proven offences in each year")]
    assert npsv.endswith("[old]] ") or "[old]" in npsv
    assert "[old]" not in offences
    assert captions


def test_the_page_says_what_the_signs_mean_before_the_first_of_them():
    html = re.sub(r"<style>.*?</style>|<[^>]*>", "", report_html(), flags=re.S)
    assert html.index("[old] =") < html.index("What can be said")
