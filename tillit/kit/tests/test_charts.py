import pytest
from django.template.loader import render_to_string

from tillit.kit.charts import Chart, Point, Series
from tillit.kit.drawing import FLOOR, TOP, ticks_up_to

MEMBERS = [
    Point("2011", 29, is_assumed=True),
    Point("2012", 32),
    Point("2013", None),
    Point("2025", 60),
]


def members(kind: str = "step") -> Chart:
    return Chart(title="Medlemmar", unit="medlemmar", points=MEMBERS, kind=kind)


def drawn(chart: Chart) -> str:
    return render_to_string("kit/chart.html", {"chart": chart})


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (3, [0, 1, 2, 3]),
        (32, [0, 10, 20, 30, 40]),
        (60, [0, 20, 40, 60]),
        (2_605_000, [0, 1_000_000, 2_000_000, 3_000_000]),
    ],
)
def test_an_axis_has_a_few_round_numbers(highest: float, ticks: list[float]):
    assert ticks_up_to(highest) == pytest.approx(ticks)


@pytest.mark.parametrize("highest", [1, 2, 3, 7, 9, 11, 19, 99, 101, 290, 12_345, 260_000])
def test_an_axis_reaches_its_highest_figure(highest: int):
    ticks = ticks_up_to(highest)
    assert ticks[-1] >= highest
    assert 3 <= len(ticks) <= 6


def test_assumed_and_known_parts_are_strokes_of_their_own_that_meet():
    assumed, known, last = members().drawing.lines[0].strokes
    assert [assumed.is_assumed, known.is_assumed, last.is_assumed] == [True, False, False]
    assert known.d.startswith("M" + assumed.d.rpartition("L")[2])


def test_what_is_not_known_leaves_a_gap():
    last = members().drawing.lines[0].strokes[-1]
    assert last.d.count("L") == 1


def test_the_highest_stands_at_the_top_and_nought_on_the_floor():
    heights = members().drawing.heights
    assert (heights[0].at, heights[-1].at) == (str(FLOOR), str(TOP))


def test_labels_are_no_more_than_there_is_room_for_and_the_last_is_there():
    points = [Point(str(year), year) for year in range(1990, 2026)]
    feet = Chart(title="År", unit="år", points=points).drawing.feet
    assert len(feet) <= 14
    assert feet[-1].text == "2025"
    assert not feet[-1].is_minor
    assert any(mark.is_minor for mark in feet)


@pytest.mark.parametrize("kind", ["line", "step", "bar"])
def test_every_chart_has_its_figures_in_a_table(kind: str):
    html = drawn(members(kind))
    assert "<table" in html
    for text in ("29", "32", "60", "2025"):
        assert f">{text}" in html
    assert html.count("chip--assumed") == 1


def test_a_title_is_text_and_never_markup():
    title = '<script>alert("1")</script>'
    chart = Chart(title=title, unit=title, points=[Point(title, 1), Point(title, 2)], kind="line")
    for html in (drawn(chart), drawn(Chart(title=title, unit="", points=chart.points, kind="bar"))):
        assert "<script" not in html


def test_numbers_in_paths_have_points_whatever_the_language():
    html = drawn(members("line"))
    paths = [part.split('"')[0] for part in html.split(' d="')[1:]]
    assert paths
    assert not [path for path in paths if "," in path]


def test_bars_are_as_long_as_their_part_of_the_highest():
    bars = [bar for _label, found in members("bar").bars for bar in found]
    assert [bar.length for bar in bars] == ["48.3", "53.3", "0.0", "100.0"]


def test_a_label_of_bars_leads_to_the_rows_behind_it():
    chart = Chart(title="Sektor", unit="", points=[Point("civil", 2, url="/civil/")], kind="bar")
    assert '<a href="/civil/">civil</a>' in drawn(chart)


def test_two_sides_are_told_apart_by_name():
    sides = [
        Series("Idéburen", [Point("2012", 5)], "civil"),
        Series("Offentlig", [Point("2012", 6)]),
    ]
    html = drawn(Chart(title="Platser", unit="platser", series=sides, kind="line"))
    assert "Idéburen" in html
    assert "chart__line--civil" in html


def test_a_chart_without_figures_says_so():
    chart = Chart(title="Medlemmar", unit="", points=[Point("2012", None)])
    assert "Medlemmar" in chart.in_short
    assert drawn(chart)


def test_one_chart_drawn_twice_refers_to_one_pattern():
    assert members().key == members().key
    assert members().key != members("line").key
