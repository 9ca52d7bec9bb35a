"""Layouts: chosen, never typed; checked; previewed; frozen with what was issued."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model

from courses.certification import colours, files, pictures, rendering, services
from courses.certification.looks import Layout, LayoutPicture, LayoutSignatory
from courses.certification.models import Certificate
from courses.certification.previewing import SAMPLES, preview, sample_of
from courses.certification.snapshots import Result
from tests.courses.certification.conftest import make_snapshot
from tests.courses.certification.factories import make_award
from tests.factories import UserFactory, plain_learner, user_in

LONG = "Maria-Magdalena Wilhelmina von Hohenzollern-Sigmaringen Ruiz"
DESIGNS = [design.value for design in Layout.Design]
SIZES = {("a4", "landscape"): (842, 595), ("a4", "portrait"): (595, 842),
         ("us-letter", "landscape"): (792, 612), ("us-letter", "portrait"): (612, 792)}  # fmt: skip


def png(width=300, height=120, colour=(20, 30, 80, 255)):
    target = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(target, "PNG")
    return target.getvalue()


def look(orientation="landscape", paper="a4", **more):
    role = {"fr": "Directrice des programmes", "en": "Director of programmes"}
    two = [
        {"name": "Hélène Marchetti", "role": role, "signature": "x"},
        {"name": "Karim Ould-Ahmed", "role": role, "signature": ""},
    ]
    return {"orientation": orientation, "paper": paper, "signatories": two, "logo": "x", **more}


# --- drawing ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(("sheet", "size"), SIZES.items())
def test_each_design_fits_one_page_of_each_sheet(signed, design, sheet, size):
    paper, orientation = sheet
    award = make_snapshot().award
    long = "Une phrase de critères assez longue pour remplir la place. " * 9
    snapshot = make_snapshot(
        holder=LONG,
        layout=design,
        look=look(orientation, paper, texts={"mention": {"fr": "Organisme de formation enregistré. " * 4}}),
        award=type(award)(**{**{f: getattr(award, f) for f in award.__slots__}, "criteria": {"fr": long[:600]}}),
        results=make_snapshot().results * 8,
    )
    made = rendering.pdf(snapshot, signed.embedded, pictures={"x": png()})
    assert made.archival
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        (page,) = pdf.pages
        assert tuple(round(float(side)) for side in page.mediabox[2:]) == size
        assert list(pdf.attachments) == ["credential.json"]


def full_snapshot(design, orientation, paper, results):
    """As much as the tables can hold: the longest name, title and criteria."""
    facts = make_snapshot()
    lines = [("Quiz : pourquoi modérer, et avec quelles règles", 70 + n) for n in range(results)]
    return replace(
        facts,
        holder=("Maria-Magdalena Wilhelmina " * 5)[:120],
        award=replace(
            facts.award,
            title={"fr": ("Gestion de communauté et de crise " * 4)[:120]},
            criteria={"fr": ("Une longue explication de ce qui fut accompli. " * 13)[:600]},
        ),
        results=tuple(Result(key=str(n), name={"fr": name}, percent=value) for n, (name, value) in enumerate(lines)),
        layout=design,
        look=look(orientation, paper, signatories=[], logo=""),
    )


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(("paper", "orientation"), SIZES)
@pytest.mark.parametrize("results", [10, 24])
def test_on_the_fullest_certificate_nothing_covers_the_signature(signed, design, paper, orientation, results, tmp_path):
    facts = full_snapshot(design, orientation, paper, results)
    file = tmp_path / "full.pdf"
    file.write_bytes(rendering.pdf(facts, signed.embedded, language="fr").content)
    words = words_in(file)
    body_ends = max(bottom for _top, bottom, word in words if word in {"règles", "vérification."})
    foot_begins = min(top for top, _bottom, word in words if word == "Marchetti")
    assert body_ends < foot_begins


def words_in(file):
    """(top, bottom, word) of each word of a PDF of one page."""
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True, text=True).stdout
    assert boxes.count("<page ") == 1
    found = re.findall(r'yMin="([\d.]+)".*?yMax="([\d.]+)">(.*?)</word>', boxes)
    return [(float(top), float(bottom), word) for top, bottom, word in found]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("design", DESIGNS)
def test_a_long_name_breaks_into_lines_of_about_one_length(signed, design, tmp_path):
    file = tmp_path / "long.pdf"
    file.write_bytes(rendering.pdf(make_snapshot(holder=LONG, layout=design), signed.embedded).content)
    tops = [round(top) for top, _bottom, word in words_in(file) if word in LONG.split()]
    assert len(tops) == len(LONG.split())
    assert len(set(tops)) <= 2
    assert min(tops.count(top) for top in tops) >= 2  # no word stands alone


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_with_two_signatories_each_date_keeps_to_one_line(signed, tmp_path):
    file = tmp_path / "two.pdf"
    facts = make_snapshot(look=look())
    file.write_bytes(rendering.pdf(facts, signed.embedded, pictures={"x": png()}).content)
    tops = {word: round(top) for top, _bottom, word in words_in(file)}
    assert tops["2026"] < tops["2028"]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.skipif(not (shutil.which("zbarimg") and shutil.which("pdftoppm")), reason="needs zbarimg and pdftoppm")
def test_the_code_on_each_design_is_read_by_a_machine(signed, design, orientation, tmp_path):
    made = rendering.pdf(make_snapshot(layout=design, look=look(orientation)), signed.embedded, pictures={"x": png()})
    (tmp_path / "a.pdf").write_bytes(made.content)
    subprocess.run(["pdftoppm", "-r", "120", "-png", "-singlefile", "a.pdf", "a"], cwd=tmp_path, check=True)
    seen = subprocess.run(["zbarimg", "-q", "--raw", "a.png"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert seen.decode().strip() == "https://academy.example/c/CM-7K4F-Q2XD-9RTM"


def test_pictures_measure_what_the_page_says():
    for paper, orientation in SIZES:
        snapshot = make_snapshot(look=look(orientation, paper))
        with Image.open(io.BytesIO(rendering.picture(snapshot, ppi=48))) as drawn:
            assert drawn.size == pytest.approx(rendering.dimensions(snapshot, 48), abs=1)


@pytest.mark.parametrize("holder", [LONG, "ليلى بنت يوسف الخوارزمي", "欧阳明月", "Li"])
def test_the_share_card_has_the_size_sites_ask_for(holder):
    with Image.open(io.BytesIO(rendering.card(make_snapshot(holder=holder)))) as drawn:
        assert drawn.size == (1200, 630)


@pytest.mark.parametrize("hostile", ['#read("/etc/passwd")', '"); #import "x.typ"', "<svg onload=x>", "]" * 40])
def test_texts_of_a_layout_are_data_never_code(signed, hostile):
    texts = {name: {"fr": hostile} for name in ("certifies", "earned", "mention")}
    assert rendering.pdf(make_snapshot(look=look(texts=texts)), signed.embedded).archival


def test_an_old_snapshot_without_a_look_is_drawn_as_ever(signed):
    assert rendering.pdf(make_snapshot(), signed.embedded).archival
    assert rendering.dimensions(make_snapshot(), 96) == (1123, 794)


# --- choosing ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "least"), [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("x", "#fff", 1)]
)
def test_contrast_is_that_of_the_guidelines(one, other, least):
    assert colours.contrast(one, other) == pytest.approx(least)


def test_the_palette_passes_its_own_check():
    for accent, _name in colours.ACCENTS:
        for ground, _label in colours.GROUNDS:
            assert colours.contrast(accent, ground) >= colours.LEAST


@pytest.mark.parametrize(
    "fields", [{"own_accent": "#ffdd00"}, {"own_accent": "red"}, {"accent": ""}, {"own_accent": "#12345g"}]
)
def test_a_colour_nobody_could_read_is_refused(db, fields):
    with pytest.raises(ValidationError):
        Layout(name="x", **fields).full_clean()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"GIF89a", "not a PNG"),
        (pictures.SIGNATURE + b"garbage", "damaged"),
        (png(20, 20), "60 to 4000"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * pictures.LARGEST_FILE, "too large"),
        (b"<svg/>", "not a PNG"),
    ],
)
def test_only_a_sound_png_is_taken(data, word):
    with pytest.raises(pictures.PictureRefusedError, match=word):
        pictures.clean_png(data)


def test_a_picture_is_drawn_anew_and_bounded():
    from PIL.PngImagePlugin import PngInfo

    info, target = PngInfo(), io.BytesIO()
    info.add_text("Secret", "camera of Ada")
    Image.new("RGB", (3000, 200)).save(target, "PNG", pnginfo=info)
    cleaned = pictures.clean_png(target.getvalue())
    assert b"Secret" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert max(picture.size) == pictures.KEPT_SIDE


# --- with the tables --------------------------------------------------------------------------------------------------
@pytest.fixture
def image(db):
    model = get_image_model()
    return model.objects.create(title="Signature", file=ContentFile(png(), name="signature.png"), width=300, height=120)


@pytest.fixture
def layout(image):
    layout = Layout(name="House", design="diploma-1", accent="#1a4fa0", logo=image, mention_fr="Mention")
    layout.signatories = [LayoutSignatory(name="Hélène Marchetti", role_fr="Directrice", signature=image)]
    layout.full_clean()
    layout.save()
    return layout


@pytest.mark.usefixtures("academy_keys")
def test_what_was_issued_keeps_its_look(layout, image):
    award = make_award(layout=layout)
    certificate = services.issue(user=UserFactory(), award=award, now=timezone.now())
    before = files.file_of(certificate, "pdf")
    layout.design, layout.accent, layout.logo = "ledger-1", "#161c2b", None
    layout.save()
    image.delete()
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert (certificate.facts.layout, certificate.facts.look["accent"]) == ("diploma-1", "#1a4fa0")
    assert certificate.facts.look["version"] != layout.look()["version"]
    assert LayoutPicture.objects.count() == 1
    assert (
        rendering.pdf(
            certificate.facts, certificate.embedded, pictures=files.pictures_of(certificate.facts.look)
        ).content
        == before
    )
    assert "1a4fa0" not in certificate.embedded


@pytest.mark.parametrize("mode", [*SAMPLES, "nonsense"])
def test_every_preview_draws(rf, layout, mode):
    response = preview(layout, rf.get("/"), mode)
    assert b"data:image/png;base64," in response.content
    assert sample_of(layout, mode).specimen


def test_a_preview_of_nonsense_says_so(rf, layout):
    layout.own_accent = "#nothex"
    assert b"data:image" not in preview(layout, rf.get("/"), "fr").content


@pytest.mark.parametrize("role", ["Administrators", "Instructors", "Training managers"])
def test_the_desk_makes_a_layout(client, image, role):
    client.force_login(user_in(role))
    url = reverse("wagtailsnippets_courses_layout:add")
    assert client.get(url).status_code == 200
    fields = {
        "name": "Blue", "design": "ledger-1", "orientation": "portrait", "paper": "us-letter", "accent": "#1a4fa0",
        "own_accent": "", "ground": "#ffffff", "logo": image.pk,
        "signatories-TOTAL_FORMS": "1", "signatories-INITIAL_FORMS": "0",
        "signatories-MIN_NUM_FORMS": "0", "signatories-MAX_NUM_FORMS": "2",
        "signatories-0-name": "Hélène", "signatories-0-signature": image.pk, "signatories-0-ORDER": "1",
    }  # fmt: skip
    pale = client.post(url, {**fields, "own_accent": "#ffee88"})
    assert "too pale" in pale.content.decode()
    assert client.post(url, fields).status_code == 302
    layout = Layout.objects.get()
    assert layout.look()["signatories"][0]["name"] == "Hélène"
    assert json.dumps(layout.look())


def test_learners_make_no_layout(client, db):
    client.force_login(plain_learner())
    assert client.get(reverse("wagtailsnippets_courses_layout:add")).status_code in {302, 403}


def test_the_preview_follows_the_form_before_anything_is_saved(client, layout):
    client.force_login(user_in("Administrators"))
    url = reverse("wagtailsnippets_courses_layout:preview_on_edit", args=[layout.pk])
    fields = {
        "name": "House", "design": "classic-1", "orientation": "portrait", "paper": "a4", "accent": "#1d6b4a",
        "own_accent": "", "ground": "#ffffff", "logo": "",
        "signatories-TOTAL_FORMS": "0", "signatories-INITIAL_FORMS": "0",
        "signatories-MIN_NUM_FORMS": "0", "signatories-MAX_NUM_FORMS": "2",
    }  # fmt: skip
    assert client.post(url, fields).json() == {"is_valid": True, "is_available": True}
    shown = client.get(url, {"mode": "en"})
    assert b"data:image/png;base64," in shown.content
    assert Layout.objects.get().design == "diploma-1"
