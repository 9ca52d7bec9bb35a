"""Reply templates fill in what the comment gives and leave the rest to be asked for."""

import pytest

from sandbox.engine.macros import fields_in, fill, order_number
from sandbox.engine.parsing import from_dict
from sandbox.engine.reader import ScenarioError
from tests.sandbox.samples import example


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Où en est ma commande n° 48213 ?", "48213"),
        ("Order #A-77102 still not here", "A-77102"),
        ("billet FR20481 à annuler", "FR20481"),
        ("réf. 90215, merci", "90215"),
        ("Appelez-moi au 06 39 98 41 07", ""),
        ("Il y a 2500 personnes", ""),
        ("en 2019 c’était mieux", ""),
        ("", ""),
    ],
)
def test_an_order_number_is_found_where_the_comment_says_it_is_one(text, number):
    assert order_number(text) == number


def test_french_and_english_names_of_a_field_stand_for_the_same():
    known = {"first_name": "Léa", "order": "48213"}
    assert fill("{prenom} {first_name} {commande} {order} {lien}", known) == "Léa Léa 48213 48213 {lien}"


def test_a_field_of_ones_own_is_filled_in_by_its_name():
    assert fill("Suivi : {suivi}", {"suivi": "suivi.example"}) == "Suivi : suivi.example"
    assert fields_in("{a} {b} {a} {B} { c }") == ("a", "b")


def test_a_value_is_never_read_as_a_field():
    assert fill("{name} {order}", {"name": "{order}", "order": "1234"}) == "{order} 1234"


def test_a_field_nobody_knows_is_refused_with_its_place():
    data = example()
    data["macros"][0]["text"]["fr"] = "Bonjour {prénom} {surnom}"
    with pytest.raises(ScenarioError, match="surnom") as refusal:
        from_dict(data)
    assert refusal.value.path == "macros[0].text"
