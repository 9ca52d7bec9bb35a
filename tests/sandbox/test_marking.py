"""Replies marked: by their author first, then by an instructor, whose mark counts."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import ActivityRecord
from courses.services import on_progress
from sandbox import marking, services
from sandbox.engine.constants import RUBRIC
from sandbox.models import Act, Mark, Shift
from tests.factories import UserFactory, instructor, plain_learner

pytestmark = pytest.mark.django_db
GOOD = "Bonjour Nadia, je vérifie votre commande et je vous écris en message privé avant midi. Lou, Herbier Valmont"


def levels(level=2, **others):
    return dict.fromkeys(RUBRIC, level) | others


def fields(level=2, **others):
    return {name: str(n) for name, n in levels(level).items()} | others


@pytest.fixture
def over(begin):
    """A shift with a reply to c01, ended, its own words written."""

    def over(mode="practice", texts=(GOOD,), user=None):
        shift = begin(timezone.now() - timedelta(minutes=7 / 8), mode=mode, user=user)
        for text in texts:
            act = {"action": "reply_public", "comment": "c01", "text": text}
            services.record_act(shift=shift, form_key=uuid4(), fields=act, now=timezone.now())
        services.finish_shift(shift=shift, now=timezone.now())
        services.write_words(shift=shift, words="", now=timezone.now())
        return Shift.objects.get(pk=shift.pk)

    return over


@pytest.fixture
def mine(client, enrolled):
    client.force_login(enrolled)
    return client


@pytest.fixture
def marker(client):
    person = instructor()
    client.force_login(person)
    client.person = person
    return client


def reply_url(shift, act=None):
    return reverse("sandbox:reply", args=[shift.key, (act or shift.acts.get()).key])


def desk_url(act):
    return reverse("sandbox_reply", args=[act.pk])


# -- one's own mark ---------------------------------------------------------------------------------------------------


def test_the_trainee_marks_first_and_sees_the_others_after(mine, over):
    shift = over()
    marking.mark_reply(
        act=shift.acts.get(), marker=instructor(), levels=levels(3), capped=False, remark="Très clair.", seen=0,
        now=timezone.now(),
    )  # fmt: skip
    before = mine.get(reply_url(shift)).content.decode()
    assert GOOD in before
    assert "Très clair." not in before
    assert "Une question appelle une réponse visible" not in before
    mine.post(reply_url(shift), fields(1))
    after = mine.get(reply_url(shift)).content.decode()
    assert "Très clair." in after
    assert "Une question appelle une réponse visible" in after
    assert Mark.objects.get(own=True).levels == levels(1)


def test_one_may_look_without_marking(mine, over):
    assert "Une question appelle" in mine.get(reply_url(over()), {"show": 1}).content.decode()
    assert not Mark.objects.exists()


def test_ones_first_mark_stays(mine, over):
    shift = over()
    for level in (1, 3):
        mine.post(reply_url(shift), fields(level))
    assert [m.levels for m in Mark.objects.all()] == [levels(1)]


@pytest.mark.parametrize("wrong", [{}, fields(4), {**fields(2), "tone": ""}])
def test_a_mark_with_a_hole_is_refused(mine, over, wrong):
    shift = over()
    assert mine.post(reply_url(shift), {**wrong, "csrf": 1}).status_code == 422
    assert not Mark.objects.exists()


def test_the_replies_are_ones_own(mine, client, over):
    shift = over()
    client.force_login(instructor())
    assert client.get(reply_url(shift)).status_code == 404
    assert client.post(reply_url(shift), fields()).status_code == 404
    client.logout()
    assert client.get(reply_url(shift)).status_code == 302


def test_a_running_shift_has_no_replies_to_mark(mine, begin):
    shift = begin(timezone.now() - timedelta(minutes=7 / 8))
    act = {"action": "reply_public", "comment": "c01", "text": GOOD}
    services.record_act(shift=shift, form_key=uuid4(), fields=act, now=timezone.now())
    assert mine.get(reply_url(shift)).status_code == 404
    assert not Act.objects.written().exists()


def test_what_was_taken_back_in_practice_is_not_marked(mine, begin):
    shift = begin(timezone.now() - timedelta(minutes=7 / 8))
    for text in ("Oui.", GOOD):
        said = {"action": "reply_public", "comment": "c01", "text": text}
        services.record_act(shift=shift, form_key=uuid4(), fields=said, now=timezone.now())
    regretted = shift.acts.get(sequence=1)
    back = {"action": "undo", "comment": "", "target": str(regretted.key)}
    services.record_act(shift=shift, form_key=uuid4(), fields=back, now=timezone.now())
    services.finish_shift(shift=shift, now=timezone.now())
    services.write_words(shift=shift, words="", now=timezone.now())
    assert [act.payload["text"] for act in Act.objects.written()] == [GOOD]
    assert mine.get(reply_url(shift, regretted)).status_code == 404


def test_ones_own_mark_is_an_estimate_and_changes_no_result(mine, over):
    shift = over()
    mine.post(reply_url(shift), fields(3))
    debrief = mine.get(reverse("sandbox:debrief", args=[shift.key])).context["debrief"]
    assert debrief.with_own > debrief.percent
    assert debrief.pending == 1
    assert Shift.objects.get().result == shift.result


def test_an_exam_makes_no_estimate(mine, over):
    shift = over(mode="exam")
    mine.post(reply_url(shift), fields(3))
    assert mine.get(reverse("sandbox:debrief", args=[shift.key])).context["debrief"].with_own is None


# -- the instructor's mark --------------------------------------------------------------------------------------------


def mark(act, marker, level=3, seen=0, **others):
    given = {"capped": False, "remark": "", **others}
    return marking.mark_reply(act=act, marker=marker, levels=levels(level), seen=seen, now=timezone.now(), **given)


def test_an_instructors_mark_counts_in_the_result_and_reaches_the_course(
    over, page, django_capture_on_commit_callbacks
):
    shift, heard = over(), []
    on_progress(lambda **who: heard.append(who["user_id"]))
    with django_capture_on_commit_callbacks(execute=True):
        mark(shift.acts.get(), instructor())
    after = Shift.objects.get()
    assert after.result > shift.result
    record = ActivityRecord.objects.get(activity_key=page.translation_key)
    assert record.best_fraction == after.result
    assert shift.user_id in heard


def test_what_nobody_has_marked_is_left_out(over):
    shift = over(texts=(GOOD, "Oui."))
    first, second = shift.acts.order_by("sequence")
    person = instructor()
    mark(first, person, 3)
    one = Shift.objects.get().result
    mark(second, person, 0)
    assert Shift.objects.get().result < one


def test_a_capped_reply_counts_nothing(over):
    shift = over()
    mark(shift.acts.get(), instructor(), 3, capped=True)
    assert Shift.objects.get().result < shift.result


def test_the_newest_mark_counts_and_the_former_is_kept(over):
    shift, person = over(), instructor()
    mark(shift.acts.get(), person, 3)
    high = Shift.objects.get().result
    mark(shift.acts.get(), person, 0, seen=1)
    assert Shift.objects.get().result < high
    assert Mark.objects.filter(own=False).count() == 2


def test_the_same_mark_sent_twice_counts_once(over):
    shift, person = over(), instructor()
    for _ in range(2):
        mark(shift.acts.get(), person, 2)
    assert Mark.objects.count() == 1


def test_the_second_of_two_markers_is_told(over):
    act = over().acts.get()
    mark(act, instructor(), 3)
    with pytest.raises(marking.OvertakenError):
        mark(act, instructor(), 1)
    assert Mark.objects.get().levels == levels(3)


def test_a_result_of_earlier_rules_stands(over):
    shift = over()
    Shift.objects.update(rules_version=0)
    mark(shift.acts.get(), instructor())
    assert Shift.objects.get().result == shift.result


@pytest.mark.django_db(transaction=True)
def test_two_markers_at_once_leave_one_mark(over):
    act, people, told = over().acts.get(), [instructor(), instructor()], []
    start = threading.Barrier(2)

    def give(person, level):
        start.wait()
        try:
            mark(Act.objects.get(pk=act.pk), person, level)
        except marking.OvertakenError:
            told.append(person)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(p, n)) for n, p in enumerate(people, 1)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(told) == 1
    assert Mark.objects.count() == 1


# -- the desk of replies ----------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_without_a_name(over, marker):
    shift = over()
    shift.user.display_name = "Zoé Lambert"
    shift.user.save()
    html = marker.get(reverse("sandbox_replies")).content.decode()
    assert "je vérifie votre commande" in html
    for word in ("Zoé Lambert", shift.user.email):
        assert word not in html
        assert word not in marker.get(desk_url(shift.acts.get())).content.decode()


def test_a_marked_reply_leaves_the_list_and_can_be_found_again(over, marker):
    act = over().acts.get()
    mark(act, marker.person)
    assert "je vérifie" not in marker.get(reverse("sandbox_replies")).content.decode()
    assert "je vérifie" in marker.get(reverse("sandbox_replies"), {"state": "marked"}).content.decode()


def test_the_filters_narrow_down(over, marker, scenario):
    over(mode="exam")
    for asked, found in (({"mode": "exam"}, 1), ({"mode": "practice"}, 0), ({"scenario": scenario.pk}, 1)):
        assert marker.get(reverse("sandbox_replies"), asked).content.decode().count("je vérifie") == found


def test_marking_goes_to_the_next_that_waits(over, marker):
    shift = over(texts=(GOOD, "Oui."))
    first, second = shift.acts.order_by("sequence")
    assert marker.post(desk_url(first), fields(2, seen=0, remark="Bien.")).url == desk_url(second)
    assert marker.post(desk_url(second), fields(1, seen=0)).url == reverse("sandbox_replies")
    assert Mark.objects.get(act=first).remark == "Bien."


def test_an_overtaken_marker_keeps_what_was_ticked(over, marker):
    act = over().acts.get()
    mark(act, instructor(), 3)
    response = marker.post(desk_url(act), fields(1, seen=0, remark="Mon avis."))
    assert response.status_code == 409
    assert "Mon avis." in response.content.decode()
    assert response.context["form"]["seen"].value() == 1


def test_the_context_is_the_minute_of_the_reply_in_its_authors_language(over, marker):
    shift = over()
    type(shift.user).objects.update(language="fr")
    html = marker.get(desk_url(shift.acts.get())).content.decode()
    assert "Ma commande devait arriver hier" in html
    assert "entrepôt" not in html  # came later


def test_nobody_marks_their_own_replies_for_others_to_count(over, client, page):
    person = instructor()
    shift = over(user=person)
    client.force_login(person)
    assert client.get(desk_url(shift.acts.get()), follow=True).status_code == 404
    assert "je vérifie" not in client.get(reverse("sandbox_replies")).content.decode()


@pytest.mark.parametrize("who", [plain_learner, UserFactory])
def test_a_learner_never_reaches_the_desk_of_replies(over, client, who):
    act = over().acts.get()
    client.force_login(who())
    assert client.get(reverse("sandbox_replies")).status_code in (302, 403)
    assert client.post(desk_url(act), fields(seen=0)).status_code in (302, 403)
    assert not Mark.objects.exists()


def test_the_list_asks_the_same_whatever_its_length(over, marker):
    counts = []
    for texts in ((GOOD,), (GOOD,) * 12):
        over(texts=texts)
        marker.get(reverse("sandbox_replies"))
        with CaptureQueriesContext(connection) as captured:
            marker.get(reverse("sandbox_replies"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_debrief_and_its_replies_cost_a_dozen_queries_whatever_was_written(
    mine, over, django_assert_max_num_queries
):
    shift = over(texts=(GOOD,) * 12)
    for act in shift.acts.all()[:6]:
        mark(act, instructor())
    pages = [reverse("sandbox:debrief", args=[shift.key]), reply_url(shift, shift.acts.first())]
    for page in pages:
        mine.get(page)
        with django_assert_max_num_queries(12):
            assert mine.get(page).status_code == 200
