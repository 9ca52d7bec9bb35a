"""Which addresses are asked, what their answers mean, and what the server refuses to open."""

import datetime as dt

import pytest

from courses.authoring import links
from courses.models import LinkCheck, PageHealth

DAY = dt.timedelta(days=1)


@pytest.fixture
def held(tree, now):
    def hold(*urls):
        page = tree.lessons["en"][0]
        PageHealth.objects.update_or_create(
            page_id=page.pk, defaults={"stamp": "x", "checked_at": now, "links": [["1 text", url] for url in urls]}
        )

    return hold


def state(url):
    link = LinkCheck.objects.get(url=url)
    return link.answer, link.failing_since


def test_outside_addresses_are_asked_once_a_week(held, now):
    held("https://a.example/", "/en/courses/", "mailto:x@example.org", "https://b.example/")
    asked = []
    links.check_due(now=now, ask=lambda url: asked.append(url) or "")
    links.check_due(now=now + 6 * DAY, ask=lambda url: asked.append(url) or "")
    assert sorted(asked) == ["https://a.example/", "https://b.example/"]
    links.check_due(now=now + 8 * DAY, ask=lambda url: asked.append(url) or "")
    assert len(asked) == 4


def test_a_host_has_a_bad_day_before_its_link_is_dead(held, now):
    held("https://a.example/")
    links.check_due(now=now, ask=lambda url: "503")
    assert state("https://a.example/") == ("503", None)
    links.check_due(now=now + 2 * DAY, ask=lambda url: "TimeoutError")
    assert state("https://a.example/") == ("TimeoutError", now)
    links.check_due(now=now + 4 * DAY, ask=lambda url: "")
    assert state("https://a.example/") == ("", None)


def test_a_page_that_is_gone_is_dead_at_once(held, now):
    held("https://a.example/")
    assert links.check_due(now=now, ask=lambda url: "404") == 1
    assert state("https://a.example/") == ("404", now)


def test_an_address_no_page_holds_any_more_is_forgotten(held, now):
    held("https://a.example/")
    links.check_due(now=now, ask=lambda url: "404")
    held("https://b.example/")
    links.check_due(now=now, ask=lambda url: "")
    assert list(LinkCheck.objects.values_list("url", flat=True)) == ["https://b.example/"]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.8/admin", "http://169.254.169.254/latest/", "http://192.168.1.1/",
     "file:///etc/passwd", "ftp://example.org/", "http://", "http://0.0.0.0:8000/"],
)  # fmt: skip
def test_the_server_opens_nothing_but_public_hosts(url):
    with pytest.raises(links.RefusedError):
        links.check_public(url)
    assert links.ask(url) in ("not a public host", "not an address of the web", "no such host")
