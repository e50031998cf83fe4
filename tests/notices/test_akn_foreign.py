"""Akoma Ntoso written elsewhere, and files that only pretend to be."""

import pytest

from portal.notices.akn import AknTooLarge, BrokenXml, DeclaresEntities, NotAkn, arrived, from_akn
from portal.notices.akn.names import AKN
from portal.notices.akn.parsing import LARGEST, MOST

META = """<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/xx/act/2010/1"/>
<FRBRdate date="2010-05-06" name="enacted"/><FRBRauthor href="#house"/><FRBRnumber value="7"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<references source="#x"><TLCOrganization eId="house" href="/o/house" showAs="The House"/></references>
<notes source="#x"><note eId="n1"><p>Kept apart.</p></note></notes></meta>"""


def file(document: str, namespace: str = AKN) -> bytes:
    return f'<akomaNtoso xmlns="{namespace}">{document}</akomaNtoso>'.encode()


ACT = f"""<act name="act">{META}<preface><p><docTitle>An Act of Trial</docTitle></p></preface>
<body><part><num>Part 1</num><heading>General</heading>
<section><num>3</num><heading>Scope<noteRef href="#n1" marker="*"/></heading>
<subsection><num>(1)</num><content><p>First <b>bold</b> <ref href="https://vi-du.vn/x">there</ref>.</p></content></subsection>
<subsection><num>(2)</num><intro><p>These:</p></intro><paragraph><num>(i)</num><content><p>alpha</p><p>beta</p></content>
</paragraph><wrapUp><p>and so on.</p></wrapUp></subsection></section></part>
<hcontainer name="rest"><content><p>Put <mod><quotedStructure startQuote="“" endQuote="”"><section><num>9</num>
<content><p>quoted</p></content></section></quotedStructure></mod> in.</p>
<table><tr><th><p>Head</p></th></tr><tr><td colspan="2"><p>cell</p></td></tr></table>
<blockList><item><num>—</num><p>dash</p></item></blockList>
<odd xmlns="urn:x">unknown <b xmlns="{AKN}">words</b></odd></content></hcontainer></body></act>"""


def test_an_act_of_another_country_keeps_text_and_structure() -> None:
    body = from_akn(file(ACT))["body"]
    for piece in (
        "<h2>Part 1 General</h2>",
        '<h3>3 Scope<sup><a href="#chu-thich-1" id="goi-chu-thich-1">1</a></sup></h3>',
        '<p>(1) First <strong>bold</strong> <a href="https://vi-du.vn/x">there</a>.</p>',
        "<p>(2) These:</p>\n<p>(i) alpha</p>\n<p>beta</p>\n<p>and so on.</p>",
        "<blockquote><p>“9 quoted”</p></blockquote>",
        '<tr><th>Head</th></tr><tr><td colspan="2">cell</td></tr>',
        "<p>— dash</p>",
        "<p>unknown <strong>words</strong></p>",
        '<li id="chu-thich-1">Kept apart.</li>',
    ):
        assert piece in body


def test_its_metadata_fill_the_fields_and_nothing_is_guessed() -> None:
    data = from_akn(file(ACT))
    assert (data["title"], data["issued_on"], data["language"]) == ("An Act of Trial", "2010-05-06", "en")
    assert (data["issuer"]["name"], data["number"], data["type"]) == ("The House", "7", None)
    assert data["signer"]["name"] is None


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            f"<judgment name='j'>{META}<header><p>Case <docketNumber>1</docketNumber></p></header><judgmentBody>"
            "<introduction><p>Intro.</p></introduction><decision><p>Dismissed.</p></decision></judgmentBody></judgment>",
            ["Case 1", "Intro.", "Dismissed."],
        ),
        (
            f"<debate name='d'>{META}<debateBody><debateSection name='s'><heading>Oral</heading>"
            "<speech by='#a'><from>Mr A</from><p>I rise.</p></speech></debateSection></debateBody></debate>",
            ["<h2>Oral</h2>", "Mr A", "I rise."],
        ),
        (
            f"<bill name='b'>{META}<body><article><num>1</num><content><p>Text.</p></content></article></body></bill>"
            "<components><component><doc name='a'><body><p>Component.</p></body></doc></component></components>",
            ["<p>1 Text.</p>", "Component."],
        ),
    ],
)
def test_other_kinds_of_documents_keep_their_words(document: str, words: list[str]) -> None:
    body = from_akn(file(document))["body"]
    assert [word for word in words if word not in body] == []


@pytest.mark.parametrize(
    "namespace", [f"{AKN}/WD17", f"{AKN}/CSD13", "http://www.akomantoso.org/2.0", "http://www.akomantoso.org/1.0"]
)
def test_drafts_of_the_standard_are_read_and_named(namespace: str) -> None:
    came = arrived(file(ACT.replace(AKN, namespace), namespace))
    assert came.data["title"] == "An Act of Trial"
    assert any(namespace in note.interpolate() for note in came.notes)


def test_entities_and_document_types_are_refused() -> None:
    secret = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
    for declared in (secret, bomb, b"<!DOCTYPE akomaNtoso>", b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'):
        with pytest.raises(DeclaresEntities):
            from_akn(declared + file("<doc><mainBody><p>&x;&c;</p></mainBody></doc>"))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", BrokenXml),
        (b"%PDF-1.7", BrokenXml),
        (b"<akomaNtoso", BrokenXml),
        (b"<html><body>x</body></html>", NotAkn),
        (b"<akomaNtoso><act/></akomaNtoso>", NotAkn),
        (file("<unheard/>"), NotAkn),
        (b"<a>" * 100_000, BrokenXml),
        (file("<p/>" * (2 * MOST)), AknTooLarge),
        (b" " * (LARGEST + 1), AknTooLarge),
        ("<a>".encode("utf-16"), BrokenXml),
        (b'<?xml version="1.0" encoding="khong-co"?><a/>', BrokenXml),
    ],
    ids=["empty", "pdf", "cut", "html", "no-namespace", "no-document", "deep", "many", "large", "utf-16", "encoding"],
)
def test_whatever_else_is_refused_in_words(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        from_akn(content)
