"""The figures of agreement: published values, independent libraries, and tables as spreadsheets write them."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import krippendorff
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from sandbox.agreement import (
    RatingsError,
    cohen_kappa,
    detection,
    f2,
    fleiss_kappa,
    krippendorff_alpha,
    read_ratings,
)
from sandbox.engine.scoring.agreement import weighted_kappa

WEIGHTS = ("none", "linear", "quadratic")
CLOSE = 1e-9

# Krippendorff (2011): four observers, twelve units, gaps.
OBSERVERS = """\
unit,A,B,C,D
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,3,,
"""


def pairs_of(table):
    """A table of counts, rater one down and rater two across, as pairs."""
    return [(float(i), float(j)) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


# -- published values ---------------------------------------------------------------------------------------------


def test_cohens_kappa_of_fifty_proposals_read_by_two():
    assert cohen_kappa(pairs_of([[20, 5], [10, 15]])).value == pytest.approx(0.4)


@pytest.mark.parametrize(("weights", "published"), [("none", 0.1293), ("linear", 0.2374), ("quadratic", 0.3320)])
def test_weighted_kappa_of_agrestis_couples(weights, published):
    couples = pairs_of([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
    assert round(cohen_kappa(couples, weights).value, 4) == published


def test_fleiss_kappa_of_fourteen_raters_and_ten_subjects():
    table = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    assert round(fleiss_kappa([dict(enumerate(row)) for row in table]).value, 3) == 0.210


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_krippendorffs_alpha_of_his_four_observers_with_gaps(level, published):
    figure = krippendorff_alpha(read_ratings(OBSERVERS, level).rows, level)
    assert round(figure.value, 3) == published
    assert figure.n == 11  # unit 12 has one rating, which agrees with nothing


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
)
def test_krippendorffs_alpha_of_his_two_observers(one, other, published):
    assert round(krippendorff_alpha(list(zip(one, other, strict=True))).value, 3) == published


def test_sensitivity_and_bias_of_the_model():
    d_prime, bias = detection(hits=18, signals=20, false_alarms=4, noises=20)
    assert round(d_prime.value, 3) == 1.971
    assert round(bias.value, 3) == -0.194


def test_who_acts_on_everything_tells_nothing_apart_and_leans():
    d_prime, bias = detection(hits=20, signals=20, false_alarms=20, noises=20)
    assert d_prime.value == pytest.approx(0)
    assert bias.value < -1


def test_f2_follows_precision_and_recall():
    precision, recall = 6 / 8, 6 / 10
    assert f2(hits=6, misses=4, false_alarms=2).value == pytest.approx(
        5 * precision * recall / (4 * precision + recall)
    )
    assert f2(hits=0, misses=3, false_alarms=1).value == 0
    assert f2(hits=3, misses=0, false_alarms=0).value == 1


# -- independent libraries ----------------------------------------------------------------------------------------

RATING = st.integers(0, 5).map(float)
TABLES = st.integers(2, 5).flatmap(
    lambda raters: st.lists(
        st.lists(st.one_of(st.none(), RATING), min_size=raters, max_size=raters), min_size=2, max_size=12
    )
)
FULL = st.integers(2, 5).flatmap(
    lambda raters: st.lists(st.lists(RATING, min_size=raters, max_size=raters), min_size=2, max_size=12)
)


def nltk_task(rows, **options):
    triples = [(f"r{r}", f"i{i}", v) for i, row in enumerate(rows) for r, v in enumerate(row) if v is not None]
    return AnnotationTask(data=triples, **options)


@given(TABLES, st.sampled_from(["nominal", "ordinal"]))
@settings(max_examples=150, deadline=None)
def test_alpha_equals_that_of_krippendorff_the_library(rows, level):
    ours = krippendorff_alpha(rows, level)
    if ours.value is not None:
        by_rater = [[float("nan") if v is None else v for v in column] for column in zip(*rows, strict=True)]
        theirs = krippendorff.alpha(reliability_data=by_rater, level_of_measurement=level)
        assert ours.value == pytest.approx(theirs, abs=CLOSE)


@given(TABLES)
@settings(max_examples=100, deadline=None)
def test_nominal_alpha_equals_that_of_the_natural_language_toolkit(rows):
    ours = krippendorff_alpha(rows)
    if ours.value is not None:
        assert ours.value == pytest.approx(nltk_task(rows).alpha(), abs=CLOSE)


@given(FULL)
@settings(max_examples=100, deadline=None)
def test_fleiss_kappa_equals_the_toolkits_pi(rows):
    ours = fleiss_kappa([Counter(row) for row in rows])
    if ours.value is not None:
        assert ours.value == pytest.approx(nltk_task(rows).pi(), abs=CLOSE)


@given(FULL, st.sampled_from(WEIGHTS))
@settings(max_examples=100, deadline=None)
def test_cohens_kappa_equals_the_toolkits(rows, weights):
    distance = {
        "none": lambda a, b: float(a != b),
        "linear": lambda a, b: abs(a - b),
        "quadratic": lambda a, b: (a - b) ** 2,
    }[weights]
    ours = cohen_kappa([(row[0], row[1]) for row in rows], weights)
    if ours.value is not None:
        theirs = nltk_task([row[:2] for row in rows], distance=distance).weighted_kappa_pairwise("r0", "r1")
        assert ours.value == pytest.approx(theirs, abs=CLOSE)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_quadratic_kappa_equals_the_one_in_the_mark_of_a_shift(pairs):
    ours = cohen_kappa([(float(a), float(b)) for a, b in pairs], "quadratic")
    assert ours.value == (None if (mark := weighted_kappa(pairs)) is None else pytest.approx(mark, abs=CLOSE))


# -- what must hold of every table --------------------------------------------------------------------------------


@given(TABLES, st.sampled_from(["nominal", "ordinal"]), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_neither_the_order_of_items_nor_of_raters_changes_alpha(rows, level, dice):
    columns = list(zip(*rows, strict=True))
    dice.shuffle(columns)
    shuffled = list(zip(*columns, strict=True))
    dice.shuffle(shuffled)
    assert krippendorff_alpha(shuffled, level) == krippendorff_alpha(rows, level)


@given(TABLES)
@settings(max_examples=100, deadline=None)
def test_only_the_order_of_ordinal_ratings_counts(rows):
    stretched = [[None if v is None else 10.0 * v**3 - 7 for v in row] for row in rows]
    assert krippendorff_alpha(stretched, "ordinal") == krippendorff_alpha(rows, "ordinal")


@given(FULL)
@settings(max_examples=100, deadline=None)
def test_full_agreement_is_one_or_says_why_it_is_not_known(rows):
    alike = [[row[0]] * len(row) for row in rows]
    for figure in (
        krippendorff_alpha(alike, "ordinal"),
        fleiss_kappa([Counter(row) for row in alike]),
        *(cohen_kappa([(row[0], row[1]) for row in alike], w) for w in WEIGHTS),
    ):
        assert figure.value == 1 or (figure.value is None and "same" in figure.why)


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (cohen_kappa([]), "no item was rated by both"),
        (cohen_kappa([("a", None), (None, "b")]), "no item was rated by both"),
        (cohen_kappa([("a", "a"), ("a", "a")]), "one and the same rating"),
        (fleiss_kappa([]), "there is no item"),
        (fleiss_kappa([{"a": 2}, {"a": 3}]), "different numbers of ratings"),
        (fleiss_kappa([{"a": 1}, {"b": 1}]), "two ratings of each item"),
        (fleiss_kappa([{"a": 3, "b": 0}, {"a": 3}]), "every rating is the same"),
        (krippendorff_alpha([]), "no item was rated twice"),
        (krippendorff_alpha([["a", None], [None, "b"]]), "no item was rated twice"),
        (krippendorff_alpha([[2.0, 2.0], [2.0, 2.0], [1.0, None]], "ordinal"), "every rating is the same"),
        (detection(0, 0, 3, 9)[0], "there was no signal"),
        (detection(3, 9, 0, 0)[1], "there was no noise"),
        (f2(0, 0, 0), "nothing was to be found"),
    ],
)
def test_what_cannot_be_computed_says_why(figure, why):
    assert figure.value is None
    assert why in figure.why


def test_two_who_agree_as_chance_would_have_it_score_nothing():
    assert cohen_kappa([("a", "a"), ("a", "b")]).value == 0  # one never varies: chance explains it all


@pytest.mark.parametrize(
    "impossible", [lambda: detection(5, 4, 0, 1), lambda: detection(-1, 4, 0, 1), lambda: f2(-1, 0, 0)]
)
def test_counts_that_cannot_be_are_refused(impossible):
    with pytest.raises(ValueError, match=r"from 0|start at 0"):
        impossible()


# -- tables as people write them ----------------------------------------------------------------------------------


def test_raters_and_items_are_told_from_ratings():
    found = read_ratings(OBSERVERS)
    assert (found.header, found.named) == (True, True)
    assert found.raters == ("A", "B", "C", "D")
    assert found.items[-1] == "12"
    assert found.rows[9] == (None, "5", "5", "5")


@pytest.mark.parametrize(
    ("text", "header", "named"),
    [
        ("Anne,Bob\nhide,hide\nkeep,hide\n", True, False),
        ("hide,hide\nkeep,hide\n", False, False),
        ("keep,hide\nhide,keep\n", False, False),
        ("1,1\n2,2\n3,2\n", False, False),
        (",Anne,Bob\nc1,1,2\nc2,2,2\n", True, True),
        ("c1,1,2\nc2,2,2\nc3,2,1\n", False, True),
        ("1,keep,hide\n2,keep,keep\n", False, True),
        ("Commentaire;Anne;Bob\n1;1;1\n2;2;2\n", True, True),
        ("1,1,2\n2,1,2\n1,2,2\n", False, False),
        ("Anne,Bob,Cleo\n1,1,2\n1,2,2\n", True, False),
    ],
)
def test_headings_and_names_are_found_where_they_are(text, header, named):
    found = read_ratings(text)
    assert (found.header, found.named) == (header, named)


def test_what_the_table_cannot_tell_can_be_said():
    text = "7,8,9\n1,1,2\n2,2,2\n"
    assert read_ratings(text).rows[0] == ("7", "8", "9")
    said = read_ratings(text, header=True, named=True)
    assert said.raters == ("8", "9")
    assert said.items == ("1", "2")


def test_a_french_spreadsheet_is_read():
    text = "\ufeffCommentaire;Zoé;Noël\r\n« bof »;1,5;2\r\n\r\nmoyen;2;\r\n"
    found = read_ratings(text, "ordinal")
    assert found.raters == ("Zoé", "Noël")
    assert found.items == ("« bof »", "moyen")
    assert found.rows == ((1.5, 2.0), (2.0, None))


def test_tabs_quotes_and_commas_inside_cells_are_read():
    assert read_ratings("item\tA\tB\nc1\tkeep\thide\nc2\thide\thide\n").raters == ("A", "B")
    quoted = read_ratings('comment,A,B\n"Hello, you",keep,hide\n"a ""b""\nc",hide,hide\n')
    assert quoted.items == ("Hello, you", 'a "b"\nc')


def test_words_count_in_the_order_given_and_actions_by_their_level():
    words = read_ratings("A,B\nlow,mid\nhigh,mid\n", "ordinal", order=("low", "mid", "high"))
    assert words.rows == ((0.0, 1.0), (2.0, 1.0))
    actions = read_ratings("A,B\nkeep,hide\nban,reply_public\n", "ordinal")
    assert actions.rows == ((0.0, 2.0), (5.0, 0.0))


@pytest.mark.parametrize(
    ("text", "level", "line", "reason"),
    [
        ("", "nominal", 0, "the file is empty"),
        ("\n;;\n", "nominal", 0, "the file is empty"),
        ("A,B\n", "nominal", 0, "there is no row of ratings"),
        ("A,B\n1,2\n1,2,3\n", "nominal", 3, "3 cells where line 1 has 2"),
        ("A,B\n1,2\n\n1\n", "nominal", 4, "1 cell where line 1 has 2"),
        ("1\n2\n", "nominal", 1, "two raters"),
        (",A\nc1,2\nc2,2\n", "nominal", 2, "two raters"),
        ("A,B\n1,2\nhide,2\n", "ordinal", 3, "A: “hide” is no number"),
        ("A,B\n1,nan\n", "ordinal", 2, "B: “nan” is no number"),
        ('A,B\n1,"2\n', "nominal", 2, "not a table"),
    ],
)
def test_a_wrong_table_is_named_with_line_and_reason(text, level, line, reason):
    with pytest.raises(RatingsError, match=reason) as refusal:
        read_ratings(text, level)
    assert refusal.value.line == line


def test_a_word_outside_the_order_is_refused():
    with pytest.raises(RatingsError, match="line 3: B: “huge” is not in the order given: low, high"):
        read_ratings("A,B\nlow,high\nlow,huge\n", "ordinal", order=("low", "high"))


# -- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path):
    def write(content):
        file = tmp_path / "ratings.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def agreement(*args):
    out = StringIO()
    call_command("agreement", *map(str, args), stdout=out)
    return out.getvalue()


def test_the_command_prints_every_figure_as_data(table):
    data = json.loads(agreement(table(OBSERVERS), "--level", "ordinal", "--json"))
    assert data["alpha"] == {"value": 0.815388, "items": 11}
    assert (data["items"], data["ratings"], data["blanks"]) == (12, 41, 7)
    assert data["fleiss"]["items"] == 8
    assert set(data["cohen"]) == set(WEIGHTS)
    assert len(data["cohen"]["quadratic"]["pairs"]) == 6


def test_the_command_prints_lines_for_people(table):
    text = agreement(table("A;B\nhide;hide\nkeep;hide\n"))
    assert "2 items, 2 raters, 4 ratings, 0 blanks, nominal" in text
    assert "First row: raters. First column: ratings." in text
    assert "none: every rating is the same" in agreement(table("A,B\nhide,hide\nhide,hide\n"), "--header")


def test_the_same_table_gives_the_same_bytes(table):
    file = table(OBSERVERS)
    for options in ((), ("--json",), ("--level", "ordinal", "--json")):
        assert agreement(file, *options) == agreement(file, *options)


@pytest.mark.parametrize(
    ("content", "options", "reason"),
    [
        ("A,B\n1,2\n1\n", (), r"ratings\.csv:3: 1 cell where"),
        ("A,B\n1,2\né,2\n".encode("latin-1"), (), r"ratings\.csv:3: not UTF-8"),
        ("", (), r"ratings\.csv: the file is empty"),
        ("A,B\n1,2\n", ("--order", "1,2"), "--order goes with --level ordinal"),
    ],
)
def test_the_command_names_file_line_and_reason(table, content, options, reason):
    with pytest.raises(CommandError, match=reason):
        agreement(table(content), *options)


def test_the_documented_table_is_read(table):
    page = (Path(__file__).resolve().parents[2] / "docs/formats/simulate.md").read_text(encoding="utf-8")
    written = page.split("```\ncomment;")[1].split("```")[0]
    data = json.loads(agreement(table(f"comment;{written}"), "--level", "ordinal", "--json"))
    assert (data["raters"], data["items"], data["blanks"]) == (["Anne", "Bob", "Cléo"], 3, 1)
    assert data["alpha"]["value"] > 0.5


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv: No such file"):
        agreement(tmp_path / "none.csv")
