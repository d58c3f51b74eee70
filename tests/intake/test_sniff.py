"""Encodings, told and turned into UTF-8."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.intake import sniff, unreadable
from earnest.intake.sniff import Encoding

TEXTS = st.text(st.sampled_from("aé€😀,;\r\n\t"), max_size=40)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, block=st.integers(1, 9))
def test_a_text_is_the_same_wherever_its_blocks_end(tmp_path: Path, codec: str, text: str, block: int) -> None:
    (tmp_path / "in").write_bytes(text.encode(codec))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sniff, "_BLOCK", block)
        lost = sniff.transcode(tmp_path / "in", tmp_path / "out", Encoding(codec), tell=lambda share: None)
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert ((tmp_path / "out").read_bytes().decode(), lost) == (expected, 0)


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"a,b\n")
    told: list[float] = []
    sniff.transcode(tmp_path / "in", tmp_path / "out", Encoding("utf-8"), tell=told.append)
    assert told == [1.0]


@pytest.mark.parametrize(
    ("head", "codec", "mark_bytes"),
    [
        (b"\xef\xbb\xbfa,b\n", "utf-8", 3),
        (b"\xff\xfea\0,\0b\0\n\0", "utf-16-le", 2),
        (b"\xfe\xff\0a\0,\0b\0\n", "utf-16-be", 2),
        (b"\xff\xfe\0\0a\0\0\0", "utf-32-le", 4),
        ("Name\tÜber\n".encode("utf-16-le"), "utf-16-le", 0),
        ("Name\tÜber\n".encode("utf-16-be"), "utf-16-be", 0),
        ("名前,金額\n田中,1\n".encode("utf-16-le"), "utf-16-le", 0),
        (b"a,b\n1,\0\n", "utf-8", 0),
        (b"a,b\n", "utf-8", 0),
        (b"", "utf-8", 0),
    ],
)
def test_an_encoding_by_its_first_bytes(head: bytes, codec: str, mark_bytes: int) -> None:
    found = sniff.sniff_encoding(head)
    assert (found.codec, found.mark_bytes) == (codec, mark_bytes)


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        ("Name,City\nMüller,Köln\nCafé,Orléans\n".encode("cp1252"), "cp1252"),
        ("Price,Note\n5 €,“quoted” – dashed\n".encode("cp1252"), "cp1252"),
        (("Zoë,Ünal\n" * 20).encode() + b"Caf\xe9,1\n", "utf-8"),
    ],
)
def test_text_that_is_not_all_utf_8(tmp_path: Path, content: bytes, codec: str) -> None:
    (tmp_path / "in").write_bytes(content)
    assert sniff.western(tmp_path / "in", "a.csv").codec == codec


def test_a_refused_encoding_names_the_line_and_the_byte(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes("Name,City\nIvan,Москва\n".encode("cp1251"))
    with pytest.raises(unreadable.UnknownEncoding) as caught:
        sniff.western(tmp_path / "in", "a.csv")
    assert caught.value.what == (
        "a.csv is written in an encoding that cannot be told for sure: line 2 holds the byte 0xCC."
    )
    assert caught.value.data == {"file": "a.csv", "line": 2, "byte": 0xCC}
