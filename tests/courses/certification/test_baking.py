"""Carriers: what goes in comes out, and hostile files are answered calmly."""

import json
import struct
import zlib

import pytest
from defusedxml.ElementTree import fromstring

from courses.certification import baking, credential, did, rendering, signing
from tests.courses.certification.conftest import ISSUED, SITE, make_snapshot

NAMES = ["Éléonore d’Ávila", "ليلى الخوارزمي", "欧阳明月"]


@pytest.fixture(scope="module")
def badge():
    return rendering.badge(make_snapshot())


@pytest.fixture(scope="module")
def drawing():
    return rendering.badge(make_snapshot(), "svg").decode()


@pytest.fixture(params=NAMES)
def text(request, ring):
    facts = make_snapshot(holder=request.param)
    return signing.sign(credential.build(facts), ring=ring, did=did.did_of(SITE), now=ISSUED).embedded


def itxt_chunks(picture):
    return [chunk for keyword, chunk in baking._chunks(picture) if keyword == b"openbadgecredential"]


def test_a_picture_carries_the_credential(badge, text):
    assert baking.extract(baking.bake_png(badge, text)) == text


def test_a_picture_carries_one_uncompressed_chunk_however_often_it_is_baked(badge, text):
    baked = baking.bake_png(baking.bake_png(badge, "{}"), text)
    (chunk,) = itxt_chunks(baked)
    assert chunk[8:].startswith(b"openbadgecredential\0\0\0\0\0{")
    assert baking.extract(baked) == text


def test_a_drawing_carries_the_credential_as_its_first_child(drawing, text):
    baked = baking.bake_svg(drawing, text)
    root = fromstring(baked)
    assert root[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert json.loads(root[0].text) == json.loads(text)
    assert json.loads(baking.extract(baked.encode())) == json.loads(text)


def test_a_drawing_baked_twice_carries_the_second(drawing, text):
    baked = baking.bake_svg(baking.bake_svg(drawing, "{}"), text)
    assert baked.count("<openbadges:credential>") == 1
    assert baked.count("xmlns:openbadges") == 1


def test_a_text_cannot_break_out_of_the_drawing(drawing):
    baked = baking.bake_svg(drawing, '{"a":"]]></openbadges:credential><script>alert(1)</script>"}')
    fromstring(baked)
    assert "<script" not in baked


def test_a_pdf_carries_the_credential(snapshot, text):
    assert baking.extract(rendering.pdf(snapshot, text).content) == text


def bomb_png(badge):
    inflated = zlib.compress(b"{" + b" " * 50_000_000)
    body = b"openbadgecredential\0\1\0\0\0" + inflated
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    return badge[:-12] + chunk + badge[-12:]


HOSTILE = {
    "nothing": b"",
    "spaces": b"   ",
    "noise": bytes(range(256)) * 10,
    "half a picture": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR",
    "an empty PDF": b"%PDF-1.7\n%%EOF",
    "a PDF bomb": b"%PDF-1.7\n"
    + b"".join(b"1 0 obj <<>> stream\n" + zlib.compress(b" " * 3_000_000) + b"\nendstream endobj\n" for _ in range(40)),
    "a billion laughs": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
    "an outside entity": b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>',
    "broken XML": b"<svg><openbadges:credential>",
    "too large": b"{" * (baking.LARGEST_FILE + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_carries_nothing_is_answered_calmly(name):
    with pytest.raises(baking.NothingInsideError):
        baking.extract(HOSTILE[name])


def test_a_compressed_bomb_in_a_picture_is_not_inflated(badge):
    with pytest.raises(baking.NothingInsideError):
        baking.extract(bomb_png(badge))


def test_plain_text_is_its_own_carrier():
    assert baking.extract(b"\xef\xbb\xbf {} \n") == "{}"
