"""Spoiled files, the same for the same seed: bits, cuts, swaps, lengths, members of archives, XML, words of a PDF."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

Spoil = Callable[[random.Random, bytes], bytes]

_XML = [
    b"<",
    b">",
    b"&",
    b"&amp;",
    b"&#x0;",
    b"&#xD800;",
    b"&#1114112;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<?x",
    b"xmlns:w=''",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"<a>" * 300,
    b"</w:p>",
    b"<w:p><w:p>",
    b'w:val="-99999999999"',
    b'w:val="1e309"',
    b"<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
    b'<w:gridSpan w:val="100000"/>',
    b'<w:ilvl w:val="99"/>',
    b"<w:instrText>",
    b"\xff\xfe",
    b"colspan=99999999",
    b"rowspan='-3'",
    b"<table>" * 50,
    b"<ol start=-5 type=i><li>",
    b"href='#a'",
    b"<a id=a href='#a'>",
    b"data:image/png;base64,AAAA",
    b"style='font-family:VNI-Times'",
]
_PDF = [
    b"/Length 999999999",
    b"/Length -1",
    b"/Length 4 0 R",
    b"/Kids [2 0 R]",
    b"/Count 2147483647",
    b"/Parent 2 0 R",
    b"0 0 0 0 re",
    b"Q Q Q",
    b"q " * 500,
    b"BT",
    b"ET",
    b"/F1 1e30 Tf",
    b"1 0 0 0 0 0 Tm",
    b"99999999999999999999",
    b"-1 Tr",
    b"/MediaBox [0 0 0 0]",
    b"/MediaBox [1 1 -1 9e9]",
    b"/Rotate 45",
    b"/Encrypt 1 0 R",
    b"stream\n",
    b"endstream",
    b"endobj",
    b"xref\n0 99999\n",
    b"startxref\n-5",
    b"trailer",
    b"/Filter /JBIG2Decode",
    b"/Filter [/FlateDecode /FlateDecode]",
    b"/Type /ObjStm",
    b"(\\377\\000",
    b"<41",
    b"[[[[" * 100,
    b"<<" * 200,
    b"/ByteRange [0 1 2 3]",
    b"/Annots [1 0 R]",
    b"/Contents [5 0 R 5 0 R 5 0 R]",
    b"/BaseFont /.VnTimeH",
    b"/ToUnicode 1 0 R",
]
_RTF = [
    b"{\\rtf1",
    b"{" * 500,
    b"}" * 20,
    b"\\bin99999999 ",
    b"\\u-70000?",
    b"\\'zz",
    b"\\pict",
    b"\\object\\objdata 00",
]


def flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] if chance.random() < 0.7 else content[at:]


def swap(chance: random.Random, content: bytes) -> bytes:
    if len(content) < 8:
        return content
    a, b, c = sorted(chance.randrange(len(content)) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def repeat(chance: random.Random, content: bytes) -> bytes:
    a, b = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:b] + content[a:b][:4000] * chance.choice((1, 2, 30)) + content[b:]


def lengths(chance: random.Random, content: bytes) -> bytes:
    """A number somewhere becomes an extreme one."""
    if len(content) < 8:
        return content
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 4))):
        value = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, len(content)))
        form = chance.choice(("<I", ">I", "<H", ">H"))
        value &= 0xFFFF if form[1] == "H" else 0xFFFFFFFF
        struct.pack_into(form, changed, chance.randrange(len(changed) - 4), value)
    return bytes(changed)


def words(known: list[bytes]) -> Spoil:
    """Words of the format in places where they do not belong."""

    def spoil(chance: random.Random, content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(chance.choice((1, 2, 5))):
            at = chance.randrange(len(changed) + 1)
            changed[at : at + chance.choice((0, 0, 3, 20))] = chance.choice(known)
        return bytes(changed)

    return spoil


def members(inner: list[Spoil]) -> Spoil:
    """One part of an archive is spoiled, and packed again with the right checksum."""

    def spoil(chance: random.Random, content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        names = sorted(parts)
        name = chance.choice([n for n in names if n.endswith(".xml")] or names)
        what = chance.random()
        if what < 0.08:
            del parts[name]
        elif what < 0.14:
            parts[name] = parts[chance.choice(names)]
        else:
            parts[name] = chance.choice(inner)(chance, parts[name])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, part in parts.items():
                archive.writestr(each, part)
        return out.getvalue()

    return spoil


ANY: list[Spoil] = [flip, cut, swap, repeat, lengths]
BY_KIND: dict[str, list[Spoil]] = {
    "docx": [members([*ANY, *[words(_XML)] * 4])] * 5 + ANY,
    "pdf": [*ANY, *[words(_PDF)] * 4],
    "html": [*ANY, *[words(_XML)] * 4],
    "text": ANY,
    "rtf": [*ANY, words(_RTF)],
    "zip": [*ANY, members(ANY)],
}


def noise(chance: random.Random) -> bytes:
    begin = chance.choice(
        (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe")
    )
    return begin + chance.randbytes(chance.choice((0, 1, 30, 1000, 20_000)))


def spoiled(seeds: dict[str, list[bytes]], *, seed: int, times: int) -> Iterator[tuple[str, bytes]]:
    """`times` inputs, each with the name of the kind that it was."""
    chance = random.Random(seed)
    kinds = sorted(seeds)
    for number in range(times):
        kind = kinds[number % len(kinds)]
        if chance.random() < 0.05:
            yield kind, noise(chance)
            continue
        content = chance.choice(seeds[kind])
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            content = _tried(chance.choice(BY_KIND[kind]), chance, content)
        yield kind, content[:3_000_000]


def _tried(spoil: Spoil, chance: random.Random, content: bytes) -> bytes:
    try:
        return spoil(chance, content)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, LookupError, EOFError, RuntimeError, struct.error):
        return flip(chance, content)  # what is spoiled already is no archive any more
