import gzip
import tracemalloc
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klean.core.importing import cells
from klean.core.importing.cells import BadRow
from klean.core.importing.feeds import Feed, FeedError

ROWS = [(2, {"brand": "Haneul", "korean_name": "하늘"}), (3, {"brand": "Baram", "korean_name": "바람"})]
CSV = "Brand,Korean Name\nHaneul,하늘\nBaram,바람\n"


def read(path, **also):
    faults = []
    with Feed(path, report=faults.append, **also) as feed:
        rows = [row for batch in feed.batches(1000) for row in batch]
    assert feed.faults == len(faults)
    return rows, [str(fault) for fault in faults]


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf8.csv", CSV.encode()),
        ("bom.csv", CSV.encode("utf-8-sig")),
        ("windows.CSV", CSV.replace("\n", "\r\n").encode()),
        ("korean.csv", CSV.encode("cp949")),
        ("no_last_newline.csv", CSV.strip().encode("euc-kr")),
        ("excel.tsv", CSV.replace(",", "\t").encode("utf-16")),
        ("packed.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("packed_korean.tsv.gz", gzip.compress(CSV.replace(",", "\t").encode("cp949"), mtime=0)),
        ("spaces.csv", CSV.replace(",", " , ").encode()),
        (
            "quoted.csv",
            b'brand,korean name\n"Haneul","\xed\x95\x98\xeb\x8a\x98"\n"Baram","\xeb\xb0\x94\xeb\x9e\x8c"\n',
        ),
    ],
)
def test_a_table_is_read_whatever_its_encoding_and_packing(tmp_path, name, content):
    assert read(written(tmp_path, name, content), required=["brand"]) == (ROWS, [])


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.ndjson.gz"])
def test_json_lines_keep_their_values(tmp_path, name):
    content = b'{"brand": "Haneul", "aliases": ["HN"], "list_price": 1}\n\n{"brand": "Baram"}\n'
    path = written(tmp_path, name, gzip.compress(content) if name.endswith("gz") else content)

    assert read(path)[0] == [
        (1, {"brand": "Haneul", "aliases": ["HN"], "list_price": 1}),
        (3, {"brand": "Baram"}),
    ]


@pytest.mark.parametrize("name", ["rows.parquet", "rows.parquet.gz"])
def test_parquet_is_read_by_row(tmp_path, name):
    pq.write_table(
        pa.table({"Brand": ["Haneul", "Baram"], "list_price": [129_000, None]}), tmp_path / "plain"
    )
    content = (tmp_path / "plain").read_bytes()
    path = written(tmp_path, name, gzip.compress(content) if name.endswith("gz") else content)

    assert read(path, required=["brand"])[0] == [
        (1, {"brand": "Haneul", "list_price": 129_000}),
        (2, {"brand": "Baram", "list_price": None}),
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"Haneul,a,b,c", "line 3: it has 4 fields, the header has 2"),
        (b"Han\0eul,a", "line 3: brand holds a NUL"),
        (b"Han\xfe\xffeul,a", "line 3: brand holds bytes that are no text"),
        (b'"Haneul" x,a', "line 3: a quotation mark is missing"),
        (b"Haneul," + b"x" * (1 << 21), "line 3: it is longer than 1,048,576 characters"),
        (b"Haneul," + b"x" * 200_000, "line 3: a quotation mark is missing or a field too long"),
    ],
)
def test_a_bad_row_is_reported_and_the_rest_goes_on(tmp_path, bad, reason):
    lines = ["brand,korean_name", "Haneul,하늘", bad, "Baram,바람"]
    path = written(tmp_path, "rows.csv", b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines))

    rows, faults = read(path)

    assert rows == [(2, ROWS[0][1]), (4, ROWS[1][1])]
    assert len(faults) == 1
    assert faults[0].startswith(reason)


def test_a_quotation_mark_that_is_never_closed_costs_its_own_lines_only(tmp_path):
    tail = "".join(f"Brand {n},x\n" for n in range(20_000))
    rows, faults = read(written(tmp_path, "rows.csv", f'brand,korean_name\n"Haneul,a\n{tail}'))

    assert rows[-1][1]["brand"] == "Brand 19999"
    assert faults[0].startswith("line 2: a quotation mark is missing")
    assert len(rows) > 5_000


@pytest.mark.parametrize(
    ("line", "reason"), [("{broken", "no JSON ("), ("[1]", "no JSON object"), ('{"a": "\\u0000"}', "NUL")]
)
def test_a_line_that_is_no_json_object_is_reported(tmp_path, line, reason):
    rows, faults = read(written(tmp_path, "rows.jsonl", f'{{"a": "1"}}\n{line}\n{{"a": "2"}}'))

    assert [row["a"] for _line, row in rows] == ["1", "2"]
    assert len(faults) == 1
    assert faults[0].startswith("line 2:")
    assert reason in faults[0]


def test_text_deep_inside_json_is_looked_at(tmp_path):
    deep = "[" * 900 + '"\\u0000"' + "]" * 900
    assert "NUL" in read(written(tmp_path, "rows.jsonl", f'{{"a": {deep}}}'))[1][0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rows.xlsx", b"PK", "none of .csv"),
        ("rows.csv", b"name,price\na,1\n", "no column brand; its first line has: name, price"),
        ("rows.csv", b"brand,Brand\na,1\n", "the column brand twice"),
        ("rows.csv", "brand\nナイキ\nアディダス\n".encode("euc-jp"), "neither UTF-8 nor EUC-KR"),
        ("rows.csv", bytes(range(256)) * 10, "neither UTF-8 nor EUC-KR"),
        ("rows.csv.gz", CSV.encode(), "damaged or not what its name says"),
        ("rows.parquet", CSV.encode(), "damaged or not what its name says"),
        ("rows.csv.gz", gzip.compress(CSV.encode(), mtime=0)[:-10], "damaged or not what its name says"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, name, content, words):
    with pytest.raises(FeedError, match=words):
        read(written(tmp_path, name, content), required=["brand"])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FeedError, match=r"nothing\.csv cannot be opened: No such file"):
        Feed(tmp_path / "nothing.csv")


def test_a_file_that_breaks_off_gives_what_came_before(tmp_path):
    content = "brand\n" + "".join(f"brand {n * 7919}\n" for n in range(400_000))
    rows, faults = read(written(tmp_path, "rows.csv.gz", gzip.compress(content.encode())[:-200_000]))

    assert len(rows) > 100_000
    assert "breaks off here" in faults[-1]


def test_a_large_file_is_read_in_bounded_memory(tmp_path):
    path = written(tmp_path, "large.csv", "brand,x\n" + "Haneul,하늘하늘하늘하늘하늘\n" * 80_000)
    tracemalloc.start()
    with Feed(path) as feed:
        count = sum(len(batch) for batch in feed.batches(1000))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 80_000
    assert peak < 6_000_000


def test_a_repeated_id_is_reported_with_its_first_line(tmp_path):
    faults = []
    with Feed(written(tmp_path, "rows.csv", "id\na\nb\na\n"), report=faults.append) as feed:
        kept = [
            r["id"]
            for batch in feed.batches()
            for line, r in batch
            if not feed.is_repeated("id", line, r["id"])
        ]

    assert kept == ["a", "b"]
    assert str(faults[0]) == "line 4: id 'a' was already on line 2; this row is left out"


def test_a_cell_is_read_as_what_it_should_be():
    row = {
        "name": " Ha\u1102\u1161  neul ",
        "n": "1,290,000",
        "f": 12.0,
        "kind": "Gated",
        "tags": "a||b|a",
        "on": "2026-03-02",
        "at": "2026-03-02T12:00:00+09:00",
        "none": None,
        "blank": "",
    }
    assert cells.read_text(row, "name", max_length=20) == "Ha나 neul"
    assert cells.read_text(row, "f", max_length=20) == "12"
    assert cells.read_integer(row, "n") == 1_290_000
    assert cells.read_choice(row, "kind", ["OPEN", "GATED"]) == "GATED"
    assert cells.read_text_list(row, "tags", max_length=5) == ["a", "b"]
    assert cells.read_date(row, "on") == date(2026, 3, 2)
    assert cells.read_datetime(row, "at") == datetime(2026, 3, 2, 3, tzinfo=UTC)
    for read_cell in (cells.read_integer, cells.read_date, cells.read_datetime):
        assert read_cell(row, "none") is read_cell(row, "absent") is read_cell(row, "blank") is None


@pytest.mark.parametrize(
    ("read_cell", "value", "words"),
    [
        (lambda r: cells.read_text(r, "x", max_length=3), "four", "x has 4 characters; at most 3"),
        (lambda r: cells.read_text(r, "x", max_length=3), ["a"], "x is no text"),
        (lambda r: cells.read_required_text(r, "x", max_length=3), "  ", "x is missing"),
        (lambda r: cells.read_integer(r, "x"), "12.5", "whole number"),
        (lambda r: cells.read_integer(r, "x"), "-1", "whole number"),
        (lambda r: cells.read_integer(r, "x"), "1e400", "whole number"),
        (lambda r: cells.read_integer(r, "x"), "cheap", "x is 'cheap'"),
        (lambda r: cells.read_choice(r, "x", ["OPEN"]), "shut", "one of open"),
        (lambda r: cells.read_date(r, "x"), "2026-02-30", "a date like"),
        (lambda r: cells.read_date(r, "x"), "next week", "a date like"),
        (lambda r: cells.read_datetime(r, "x"), "9999-12-31T23:59:59Z", "a date like"),
    ],
)
def test_a_cell_that_is_something_else_says_what_would_be_right(read_cell, value, words):
    with pytest.raises(BadRow, match=words):
        read_cell({"x": value})
