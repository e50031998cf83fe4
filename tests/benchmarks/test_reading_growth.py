"""Reading stays linear: four times as many repeats take four times as long. Prints figures."""

import time

import pytest
from benchmarks.table import show

from portal.notices.reading import read

HEADER = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/QĐ-BA\nHà Nội, ngày 1 tháng 2 năm 2020\nQUYẾT ĐỊNH\nVề việc\n"
REPEATED = (
    "Số: ", "ngày ", "Căn cứ ", "ABCĐÊ ", "BỘ TRƯỞNG\n", "Nơi nhận: ", "Lưu: VT ", "Kính gửi ", "A", "1", " ", "\t",
    "-", "\n", "“", "(", "QUYẾT ĐỊNH ", "TM. ", "Nguyễn Văn A\n", "Luật Nhà ", "Luật số ", "thay thế ",
    "bãi bỏ Quyết định ", "V/v ", "Điều 1. ", "- ", "Quyết định này có hiệu lực ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "ngày 1 tháng 1 năm ", "QUYẾT ĐỊNH CỦA ", "(Đã ký)\n",
    "Luật này được Quốc hội ", "KT. GIÁM ĐỐC\n", "sau 10 ngày, kể từ ngày ", "ỦY BAN ", "O", "l",
)  # fmt: skip
SHORT, LONG = 20_000, 80_000


def seconds(text: str) -> float:
    """The better of two, so that another process counts less."""
    times = []
    for _again in range(2):
        started = time.process_time()
        read(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("header", ["", HEADER], ids=["bare", "with-header"])
def test_time_grows_with_length_only(header: str) -> None:
    rows, slow = [], []
    for unit in REPEATED:
        short = seconds(header + (unit * SHORT)[:SHORT])
        long = seconds(header + (unit * LONG)[:LONG])
        rows.append((repr(unit), f"{short * 1000:.0f} ms", f"{long * 1000:.0f} ms", f"{long / short:.1f} ×"))
        if long > 1 and long > 8 * short:
            slow.append(rows[-1])
    show(f"{SHORT:,} and {LONG:,} characters", ("repeated", "short", "long", "growth"), rows)
    assert not slow
