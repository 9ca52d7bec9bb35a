from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sandbox.models import Act, Shift
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def at(minute):
    return timezone.now() - timedelta(minutes=minute / 8)


def url(name, shift):
    return reverse(f"sandbox:{name}", args=[shift.key])


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


def queue(response):
    return [slip.id for slip in response.context["desk"].queue]


def test_the_queue_takes_the_order_asked_for_and_keeps_it(mine, begin):
    shift = begin(at(20))
    plain = queue(mine.get(url("desk", shift)))
    assert queue(mine.get(url("desk", shift), {"order": "newest"})) == plain[::-1]
    assert queue(mine.get(url("desk", shift))) == plain[::-1]
    seen = mine.get(url("desk", shift), {"order": "priority"}).context["desk"].queue
    assert [s.views for s in seen] == sorted((s.views for s in seen), reverse=True)
    assert queue(mine.get(url("desk", shift), {"order": "nonsense"})) == plain


def test_what_is_kept_without_an_answer_can_be_found_again(mine, begin):
    shift = begin(at(7))
    mine.post(url("act", shift), {"key": uuid4(), "action": "keep", "comment": "c01"})
    assert "c01" not in queue(mine.get(url("desk", shift)))
    assert "c01" in queue(mine.get(url("desk", shift), {"order": "unanswered"}))
    mine.post(url("act", shift), {"key": uuid4(), "action": "reply_public", "comment": "c01", "text": "Bonjour"})
    assert "c01" not in queue(mine.get(url("desk", shift)))


def test_the_queue_can_be_searched(mine, begin):
    shift = begin(at(7))
    assert queue(mine.get(url("desk", shift), {"order": "oldest", "words": "PLANTS gratuits"})) == ["c03"]
    html = mine.get(url("desk", shift), {"order": "oldest", "words": "introuvable"}).content.decode()
    assert 'class="queue__item"' not in html.split('id="queue"')[1].split("</ol>")[0]


def test_a_poll_respects_the_order(mine, begin):
    shift = begin(at(7))
    mine.get(url("desk", shift), {"order": "newest", "words": ""})
    html = mine.get(url("poll", shift), {"cursor": ""}).content.decode()
    assert 'data-fill="queue"' in html
    assert html.index('id="q-c03"') < html.index('id="q-c01"')
    assert html.count('id="q-c01"') == 1


def test_empty_hands_take_the_first_comment_that_waits(mine, begin):
    shift = begin(at(7))
    cursor = "0-0-0-0-0-0.0"
    html = mine.get(url("poll", shift), {"cursor": cursor, "empty": "1"}).content.decode()
    assert 'id="bench"' in html
    assert 'name="comment" value="c01"' in html
    assert 'id="bench"' not in mine.get(url("poll", shift), {"cursor": cursor}).content.decode()


def test_the_empty_bench_says_why(mine, begin):
    shift = begin(at(0.05))
    assert "data-empty" in mine.get(url("desk", shift)).content.decode()


def several(client, shift, *comments, key=None, action="hide", reason="scam_spam", **headers):
    data = {"key": str(key or uuid4()), "action": action, "reason": reason, "comments": comments}
    return client.post(url("bulk", shift), data, headers=headers)


def test_one_act_on_several_comments_counts_once_each(mine, begin):
    shift, key = begin(at(7)), uuid4()
    for _ in range(2):
        assert several(mine, shift, "c02", "c03", key=key).status_code == 302
    acts = Act.objects.order_by("sequence")
    assert [(a.comment, a.action, a.payload) for a in acts] == [
        ("c02", "hide", {"reason": "scam_spam"}),
        ("c03", "hide", {"reason": "scam_spam"}),
    ]
    assert acts[0].key != acts[1].key


def test_on_several_it_is_all_or_nothing(mine, begin):
    shift = begin(at(7))
    assert several(mine, shift, "c02", "c05").status_code == 422  # c05 has not come yet
    assert several(mine, shift, "c02", reason="").status_code == 422
    assert several(mine, shift).status_code == 422
    assert several(mine, shift, "c02", action="reply_public").status_code == 422
    assert not Act.objects.exists()


def test_several_at_once_move_to_the_handled_ones(mine, begin):
    shift = begin(at(7))
    html = several(mine, shift, "c02", "c03", **{"X-Desk": "fragment"}).content.decode()
    assert html.count('data-into="handled"') >= 2


def test_a_stranger_cannot_act_on_several(client, begin):
    shift = begin(at(7))
    client.force_login(UserFactory())
    assert several(client, shift, "c01").status_code == 404


# -- narrowed down ----------------------------------------------------------------------------------------------------


def test_what_was_set_aside_is_found_again_and_taken_up(mine, begin):
    shift = begin(at(7))
    mine.post(url("act", shift), {"key": uuid4(), "action": "skip", "comment": "c02"})
    aside = mine.get(url("desk", shift), {"order": "oldest", "only": "aside"})
    assert queue(aside) == ["c02"]
    assert aside.context["desk"].selected.id == "c02"
    mine.post(url("act", shift), {"key": uuid4(), "action": "keep", "comment": "c02"})
    assert queue(mine.get(url("desk", shift))) == []


def test_the_queue_is_narrowed_down_to_one_post(mine, begin):
    shift = begin(at(20))
    desk = mine.get(url("desk", shift)).context["desk"]
    post = desk.feed.posts[0].id
    found = mine.get(url("desk", shift), {"order": "oldest", "only": f"post:{post}"}).context["desk"]
    assert {slip.post for slip in found.queue} == {post}
    assert len(found.filters) == 2 + len(found.feed.posts)


@pytest.mark.parametrize("only", ["post:elsewhere", "nonsense", "x" * 200])
def test_a_filter_this_desk_does_not_know_narrows_nothing(mine, begin, only):
    shift = begin(at(7))
    plain = queue(mine.get(url("desk", shift)))
    assert queue(mine.get(url("desk", shift), {"order": "oldest", "only": only})) == plain


def test_each_waiting_comment_says_how_long_it_has_waited(mine, begin):
    shift = begin(at(7))
    Shift.objects.update(clock_minute=7.0, clock_from=None)
    response = mine.get(url("desk", shift))
    first = response.context["desk"].slips["c01"]
    assert first.waited == int(7.0 - first.arrived)
    assert f'data-since="{first.arrived}"' in response.content.decode()


def test_a_message_is_announced_by_its_sender(mine, begin):
    shift = begin(at(7))
    Shift.objects.update(clock_minute=7.0, clock_from=None)
    cursor = mine.get(url("desk", shift)).context["desk"].cursor
    Shift.objects.update(clock_minute=30.0)
    html = mine.get(url("poll", shift), {"cursor": cursor}).content.decode()
    assert "data-message=" in html
