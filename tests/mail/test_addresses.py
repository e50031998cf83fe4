import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.mail.addresses import address_of, discreet, masked
from portal.mail.errors import BadAddress


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" nguyen.van-an+ho.so@ThuDien.VIDU.gov.vn\n", "nguyen.van-an+ho.so@thudien.vidu.gov.vn"),
        ("An.Nguyen@vidu.vn", "An.Nguyen@vidu.vn"),
        ("o'brien@xn--bcher-kva.example", "o'brien@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken_as_typed_but_for_spaces_and_the_case_of_its_domain(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "an",
        "an@vidu",
        "an@@vidu.vn",
        "an @vidu.vn",
        "an@vidu.vn, binh@vidu.vn",
        "an@vidu.vn\nbcc: x@y.vn",
        "<an@vidu.vn>",
        "An <an@vidu.vn>",
        '"an an"@vidu.vn',
        ".an@vidu.vn",
        "an..an@vidu.vn",
        "an@-vidu.vn",
        "an@vidu..vn",
        "an@[127.0.0.1]",
        "an@vidu.vn.",
        f"{'a' * 65}@vidu.vn",
        f"an@{'a.' * 130}vn",
    ],
)
def test_what_no_letter_can_be_sent_to_is_refused_with_words(typed: str) -> None:
    with pytest.raises(BadAddress, match="không phải là địa chỉ thư điện tử") as refused:
        address_of(typed)
    assert refused.value.status == 422


@pytest.mark.parametrize("typed", ["ánh@vidu.vn", "anh@vídụ.vn"])
def test_an_accented_address_is_refused_with_its_own_words(typed: str) -> None:
    with pytest.raises(BadAddress, match="chữ ngoài a–z"):
        address_of(typed)


@given(st.text(max_size=300))
def test_whatever_passes_is_one_plain_word(typed: str) -> None:
    try:
        address = address_of(typed)
    except BadAddress:
        return
    assert address.isascii()
    assert not set(address) & set(' \t\r\n<>,;:"()[]\\')


@given(st.emails())
def test_a_masked_address_never_shows_the_whole_name(address: str) -> None:
    local, _at, domain = address.rpartition("@")
    hidden = masked(address)
    assert hidden.endswith(f"•••@{domain}")
    assert len(hidden.partition("•")[0]) < len(local)
    assert len(hidden.partition("•")[0]) <= 2


def test_the_servers_words_do_not_show_the_address_either() -> None:
    assert discreet("550 <AN.NGUYEN@vidu.vn>: no user", "an.nguyen@vidu.vn") == "550 <an•••@vidu.vn>: no user"
