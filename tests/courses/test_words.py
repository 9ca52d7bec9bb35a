import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.words import MAX_TERMS, excerpt, fold, mark, matched, parse, stem_text


def joined(fragments):
    return "".join(f"[{f.text}]" if f.found else f.text for f in fragments)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Œuvre à côté", "oeuvre a cote"), ("ÉTÉ", "ete"), ("Straße", "strasse"), ("naïve", "naive"), ("", "")],
)
def test_folding_takes_case_accents_and_ligatures_away(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("language", "asked", "text"),
    [
        ("fr", "moderer", "La modération des commentaires"),
        ("fr", "modérateurs", "moderation"),
        ("fr", "regles", "La règle dit pourquoi"),
        ("fr", "RÈGLE", "les regles"),
        ("fr", "reseaux", "un réseau social"),
        ("fr", "audience", "de l’audience"),
        ("fr", "audience", "de l'audience"),
        ("fr", "coeur", "le cœur du métier"),
        ("fr", "communautes", "une communauté"),
        ("en", "answering", "Answers to critics"),
        ("en", "communities", "the Community"),
        ("en", "brand", "the brand’s voice"),
        ("en", "cafe", "the café’s page"),
    ],
)
def test_accents_case_and_endings_do_not_part_a_question_from_its_text(language, asked, text):
    assert matched(text, parse(asked, language), language) == 1


@pytest.mark.parametrize(("asked", "text"), [("règle", "un réglage"), ("crise", "une critique"), ("ton", "tonnerre")])
def test_different_words_stay_different(asked, text):
    assert matched(text, parse(asked, "fr"), "fr") == 0


def test_common_words_are_not_asked_for_unless_there_are_no_others():
    assert parse("comment répondre à la critique", "fr") == parse("répondre critique", "fr")
    assert len(parse("what is the", "en")) == 3


def test_a_query_is_cut_and_a_word_counts_once():
    assert len(parse(" ".join(f"mot{n}" for n in range(50)), "fr")) == MAX_TERMS
    assert len(parse("crise crises CRISE", "fr")) == 1
    assert parse("« » — …", "fr") == ()


def test_an_index_keeps_every_stem_as_often_as_it_occurs():
    assert stem_text(["Règles, règle", "la charte"], "fr").split().count("regl") == 2


def test_an_excerpt_shows_where_most_of_the_words_stand():
    text = "Début. " * 60 + "La charte dit l’insulte. " + "Fin. " * 60 + "charte"
    shown = joined(excerpt(text, parse("insultes chartes", "fr"), "fr", width=12))
    assert "La [charte] dit l’[insulte]" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_a_short_text_is_shown_whole_and_one_without_the_words_not_at_all():
    assert joined(excerpt("La charte.", parse("charte", "fr"), "fr")) == "La [charte]."
    assert excerpt("La charte.", parse("crise", "fr"), "fr") == []


@given(st.text(max_size=200), st.text(max_size=30), st.sampled_from(["fr", "en", "xx"]))
def test_marking_loses_no_letter(text, query, language):
    import unicodedata

    fragments = mark(text, parse(query, language), language)
    assert "".join(f.text for f in fragments) == unicodedata.normalize("NFC", text)


@given(
    st.lists(st.sampled_from(["charte", "crise", "insulte", "la", "de", "et", "commentaire"]), max_size=120),
    st.integers(3, 40),
)
def test_an_excerpt_is_a_piece_of_its_text_of_the_asked_width(tokens, width):
    text = " ".join(tokens)
    shown = "".join(f.text for f in excerpt(text, parse("crise insulte", "fr"), "fr", width=width))
    inside = shown.removeprefix("… ").removesuffix(" …")
    assert inside in text
    assert len(inside.split()) <= width
