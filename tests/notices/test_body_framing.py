"""Wide tables scroll in frames of their own."""

from portal.notices.body import framed

FRAME = '<div class="portal-scroll" role="region" tabindex="0" aria-label="{}">'


def test_a_table_gets_a_frame_named_by_its_number() -> None:
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"

    assert framed(f"<p>a</p>{table}<p>b</p>{table}") == (
        f"<p>a</p>{FRAME.format('Bảng 1')}{table}</div><p>b</p>{FRAME.format('Bảng 2')}{table}</div>"
    )


def test_a_caption_names_the_frame() -> None:
    table = '<table id="x"><caption>Mức <em>thu</em> &amp; "phí"</caption><tbody></tbody></table>'

    assert framed(table).startswith(FRAME.format("Mức thu &amp; &quot;phí&quot;"))


def test_a_table_within_a_table_shares_its_frame() -> None:
    inner = "<table><tbody><tr><td>2</td></tr></tbody></table>"
    outer = f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"

    assert framed(outer, word="Table") == f"{FRAME.format('Table 1')}{outer}</div>"


def test_a_body_without_tables_stays_as_it_is() -> None:
    assert framed("<p>Điều 1</p>") == "<p>Điều 1</p>"
