import pytest
from django.urls import reverse

from courses import services
from courses.models import ActivityRecord, CheckAnswer, Enrolment, LessonPage
from tests.conftest import NOW
from tests.factories import UserFactory, instructor, plant_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolled(tree, learner):
    return services.enrol(user=learner, course_key=tree.course_key, now=NOW)


@pytest.fixture
def lesson(tree):
    return tree.lessons["fr"][0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_anyone_sees_the_catalogue_and_the_course(client, tree, language):
    for page in (tree.catalogue[language], tree.course[language], tree.module[language]):
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert tree.course[language].title in response.content.decode()


def test_a_course_says_who_teaches_it_where_somebody_is_named(client, tree):
    course = tree.course["en"]
    assert "Who teaches it" not in client.get(course.url).content.decode()
    course.instructor = "Inès Caron, head of social media"
    course.save()
    assert "<p>Inès Caron, head of social media</p>" in client.get(course.url).content.decode()


def test_a_lesson_that_is_open_is_offered_to_try_before_enrolling(client, learner_client, learner, tree):
    course, lesson = tree.course["en"], tree.lessons["en"][1]
    assert "Try a lesson first" not in client.get(course.url).content.decode()
    LessonPage.objects.filter(pk=lesson.pk).update(open_to_all=True)
    assert client.get(course.url).wsgi_request.learning.to_try.url == lesson.url
    assert "Try a lesson first" in client.get(course.url).content.decode()
    services.enrol(user=learner, course_key=tree.course_key, now=NOW)
    assert "Try a lesson first" not in learner_client.get(course.url).content.decode()


def test_authors_meet_the_pages_of_a_course_in_their_order(client, tree):
    client.force_login(instructor())
    module = tree.module["en"]
    tree.lessons["en"][0].save_revision()  # the last changed does not come first
    listing = client.get(reverse("wagtailadmin_explore", args=[module.pk]))
    assert [page.pk for page in listing.context["pages"]] == [lesson.pk for lesson in tree.lessons["en"]]
    assert listing.context["ordering"] == "ord"


def test_a_visitor_who_opens_a_lesson_is_led_to_the_course(client, tree, lesson):
    response = client.get(lesson.url, follow=True)
    assert response.redirect_chain[-1][0] == tree.course["fr"].url
    assert "Heading fr" not in response.content.decode()


def test_a_lesson_open_to_all_is_read_without_an_account(client, lesson):
    LessonPage.objects.update(open_to_all=True)
    assert "Heading fr" in client.get(lesson.url).content.decode()


def test_enrolling_leads_to_the_first_lesson(learner_client, tree, lesson):
    response = learner_client.post(f"/fr/learn/{tree.course_key}/enrol/")
    assert response["Location"] == lesson.url
    assert Enrolment.objects.get().course_key == tree.course_key


def test_enrolling_takes_a_post_an_account_and_a_course(client, learner_client, tree, django_user_model):
    assert learner_client.get(f"/fr/learn/{tree.course_key}/enrol/").status_code == 405
    assert learner_client.post("/fr/learn/00000000-0000-0000-0000-000000000000/enrol/").status_code == 404
    client.logout()
    assert "/account/login/" in client.post(f"/fr/learn/{tree.course_key}/enrol/")["Location"]


def test_an_enrolled_learner_reads_the_lesson_and_it_is_begun(learner_client, enrolled, lesson):
    response = learner_client.get(lesson.url)
    assert "<strong>strong</strong>" in response.content.decode()
    assert ActivityRecord.objects.get().state == "begun"
    enrolled.refresh_from_db()
    assert enrolled.last_activity_key == lesson.translation_key


def test_the_lesson_leads_back_to_the_same_place_in_the_other_language(learner_client, enrolled, tree, lesson):
    assert f'href="{tree.lessons["en"][0].url}"' in learner_client.get(lesson.url).content.decode()


def test_reading_again_writes_nothing(learner_client, enrolled, lesson, django_assert_max_num_queries):
    learner_client.get(lesson.url)
    with django_assert_max_num_queries(11) as captured:
        learner_client.get(lesson.url)
    assert not [q for q in captured if q["sql"].startswith(("INSERT", "UPDATE"))]


def test_the_cost_of_a_lesson_does_not_grow_with_the_course(learner_client, enrolled, tree, lesson, learner):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        learner_client.get(lesson.url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            learner_client.get(lesson.url)
        return len(captured)

    before = queries()
    for n in range(3):
        planted = plant_course(tree.catalogue, slug=f"more-{n}", lessons=4)
        key = planted["course"]["fr"].translation_key
        services.enrol(user=learner, course_key=key, now=NOW)
        services.enrol(user=UserFactory(), course_key=tree.course_key, now=NOW)
    assert queries() == before


def test_completing_a_lesson_leads_on_and_is_remembered(learner_client, enrolled, tree, lesson):
    url = reverse("courses:complete_lesson", args=[lesson.pk])
    response = learner_client.post(url)
    assert response["Location"] == tree.lessons["fr"][1].url
    learner_client.post(url)
    assert ActivityRecord.objects.get(activity_key=lesson.translation_key).state == "done"


def test_a_stranger_to_the_course_completes_nothing(learner_client, lesson):
    assert learner_client.post(reverse("courses:complete_lesson", args=[lesson.pk])).status_code == 404
    assert not ActivityRecord.objects.exists()


def check_url(lesson, key="k1"):
    return reverse("courses:answer_block", args=[lesson.pk, key])


def test_the_page_does_not_give_the_answer_away(learner_client, enrolled, lesson):
    html = learner_client.get(lesson.url).content.decode()
    assert "Nothing forbids it" in html
    assert "Criticism stays." not in html
    assert "Nobody is insulted." not in html


def test_a_check_is_answered_at_once_and_remembered(learner_client, enrolled, lesson):
    response = learner_client.post(check_url(lesson), {"choice": "b"}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "Nobody is insulted." in html
    assert "Criticism stays." not in html, "the other options' feedback would give the key away"
    assert CheckAnswer.objects.get().chosen == ["b"]
    assert "Nobody is insulted." in learner_client.get(lesson.url).content.decode()


def test_without_script_the_answer_leads_back_to_the_check(learner_client, enrolled, lesson):
    response = learner_client.post(check_url(lesson), {"choice": "a"})
    assert response["Location"] == f"{lesson.url}#ask-k1"


def test_a_visitor_may_try_a_check_and_nothing_is_kept(client, lesson):
    LessonPage.objects.update(open_to_all=True)
    response = client.post(check_url(lesson), {"choice": "a"}, follow=True)
    assert "Criticism stays." in response.content.decode()
    assert not CheckAnswer.objects.exists()


def test_an_empty_answer_says_what_to_do_and_keeps_nothing(learner_client, enrolled, lesson):
    response = learner_client.post(check_url(lesson), {}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert not CheckAnswer.objects.exists()


def test_a_check_of_a_lesson_one_may_not_open_is_not_found(learner_client, lesson):
    assert learner_client.post(check_url(lesson), {"choice": "a"}).status_code == 404


def test_a_check_that_does_not_exist_is_not_found(learner_client, enrolled, lesson):
    assert learner_client.post(check_url(lesson, "nothing"), {"choice": "a"}).status_code == 404


def test_an_instructor_reads_lessons_without_enrolling_and_leaves_no_trace(client, tree, lesson):
    client.force_login(instructor())
    assert "Heading fr" in client.get(lesson.url).content.decode()
    assert not ActivityRecord.objects.exists()


def test_a_preview_writes_no_progress(client, lesson):
    author = instructor()
    client.force_login(author)
    services.enrol(user=author, course_key=lesson.get_parent().get_parent().translation_key, now=NOW)
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    assert response.status_code == 200
    assert "Heading fr" in response.content.decode()
    assert not ActivityRecord.objects.exists()


def test_the_dashboard_leads_to_where_one_stopped(learner_client, enrolled, tree):
    second = tree.lessons["fr"][1]
    learner_client.get(second.url)
    assert f'href="{second.url}"' in learner_client.get("/fr/dashboard/").content.decode()


def test_leaving_a_course_keeps_its_results(learner_client, enrolled, tree, learner, lesson):
    services.complete_lesson(user=learner, course_key=tree.course_key, activity_key=lesson.translation_key, now=NOW)
    learner_client.post(f"/fr/learn/{tree.course_key}/leave/")
    assert not Enrolment.objects.exists()
    assert ActivityRecord.objects.get().state == "done"
