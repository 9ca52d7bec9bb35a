"""The paper: read back as a stranger would read it."""

import io
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
import typst

from courses.certification import rendering, wording
from tests.courses.certification.conftest import make_snapshot

LONG = "Maria-Magdalena Wilhelmina von Hohenzollern-Sigmaringen Ruiz"
NAMES = ["Éléonore d’Ávila-Nuñez", LONG, "ليلى بنت يوسف الخوارزمي", "欧阳明月", "Li"]


def tool(name):
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed")


@pytest.fixture(scope="module")
def paper(signed):
    return rendering.pdf(make_snapshot(), signed.embedded)


def run(command, data):
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout


def text_of(content):
    return run(["pdftotext", "-", "-"], content).decode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_any_name_fits_one_page_and_keeps_the_archive_standard(signed, name, language):
    made = rendering.pdf(make_snapshot(holder=name), signed.embedded, language=language)
    assert made.archival
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 842, 595]


def test_the_attachment_is_the_signed_text_and_declared_as_data(paper, signed):
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert list(pdf.attachments) == ["credential.json"]
        assert pdf.attachments["credential.json"].get_file().read_bytes() == signed.embedded.encode()
        (file,) = pdf.Root.AF
        assert file.AFRelationship == "/Data"


def test_title_language_tags_and_standard_are_set(paper):
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Attestation · Modération · Éléonore d’Ávila-Nuñez"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded(signed, name):
    made = rendering.pdf(make_snapshot(holder=name), signed.embedded)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        descriptors = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        for descriptor in descriptors:
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


@tool("pdftotext")
def test_the_text_reads_back(paper):
    text = text_of(paper.content)
    for words in (
        "Éléonore d’Ávila-Nuñez",
        "Modération",
        "Délivrée le",
        "2 mars 2026",
        "2 mars 2028",
        "Hélène Marchetti",
    ):
        assert words in text
    assert "academy.example/c/CM-7K4F-Q2XD-9RTM" in text.replace("\n", "")


@tool("pdftotext")
def test_the_other_language_has_its_own_words_and_numbers(signed):
    text = text_of(rendering.pdf(make_snapshot(), signed.embedded, language="en").content)
    assert "This certifies that" in text
    assert "2 March 2028" in text
    assert "82%" in text


@tool("zbarimg")
@tool("pdftoppm")
def test_the_code_on_the_paper_opens_the_short_link(paper, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(paper.content)
    run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(tmp_path / "paper.pdf"), str(tmp_path / "paper")], b"")
    seen = run(["zbarimg", "-q", "--raw", str(tmp_path / "paper.png")], b"").decode().strip()
    assert seen == "https://academy.example/c/CM-7K4F-Q2XD-9RTM"


def test_the_same_snapshot_gives_the_same_bytes(signed, paper):
    assert rendering.pdf(make_snapshot(), signed.embedded).content == paper.content


def test_a_letter_no_font_has_costs_the_label_never_the_certificate(signed):
    made = rendering.pdf(make_snapshot(holder="Ada \U000e0041\ufff0 \U0010fffd"), signed.embedded)
    assert made.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        "$ x $ `raw` *b* _i_ #panic()",
        '"); #import "x.typ"',
        "\\u{0}",
        "<script>",
        "a\nb\nc",
        "]" * 60,
    ],
)
def test_a_text_is_data_never_code(signed, hostile):
    award = replace(make_snapshot().award, title={"fr": hostile}, criteria={"fr": hostile})
    made = rendering.pdf(make_snapshot(holder=hostile, award=award), signed.embedded)
    if shutil.which("pdftotext") and "\n" not in hostile and len(hostile) < 40:
        assert hostile.split()[0] in text_of(made.content)


@pytest.mark.parametrize(
    "reach", ["/etc/passwd", "../rendering.py", "../../../../../etc/passwd", "https://example.org/x.svg"]
)
def test_a_layout_sees_its_folder_and_nothing_else(tmp_path, reach):
    source = tmp_path / "sheet.typ"
    source.write_text(f'#read("{reach}")')
    with pytest.raises(typst.TypstError):
        typst.compile(str(source), root=str(tmp_path), format="pdf")


@pytest.mark.parametrize("layout", ["../rendering", "none", "/etc/passwd"])
def test_a_layout_is_one_of_ours(signed, layout):
    with pytest.raises(ValueError, match="no layout"):
        rendering.pdf(make_snapshot(layout=layout), signed.embedded)


def test_the_badge_shows_nothing_personal():
    assert rendering.badge(make_snapshot(holder="Ada")) == rendering.badge(make_snapshot(holder="Grace"))


def test_picture_and_drawing_are_made_of_the_same_sheet():
    assert rendering.picture(make_snapshot(), ppi=40).startswith(b"\x89PNG")
    assert rendering.drawing(make_snapshot()).startswith("<svg")


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("fr", "UTC", "28\u00a0février 2026"),
        ("en", "UTC", "28\u00a0February 2026"),
        ("fr", "Asia/Tokyo", "1er\u00a0mars 2026"),
    ],
)
def test_dates_read_as_people_write_them(language, zone, expected):
    import datetime as dt

    assert wording.long_date(dt.datetime(2026, 2, 28, 20, tzinfo=dt.UTC), language, zone) == expected


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "3 résultats, de 70\u00a0% à 95\u00a0%\u00a0; chacun se lit sur la page de vérification."),
        ("en", "3 results, from 70% to 95%; each is on the verification page."),
    ],
)
def test_results_without_room_are_summed_up(language, said):
    assert wording.in_short([82, 70, 95], language) == said
    assert wording.in_short([], language) == ""
