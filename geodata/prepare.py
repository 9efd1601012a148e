"""Offline: make `geodata/data` from the vendored sources named in its README.

    python -m geodata.prepare SOURCE_FOLDER [TARGET_FOLDER]

Needs shapely, which the web process never imports. Running it again gives the same bytes.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from shapely import make_valid, node, set_precision
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

DEGREES = 1e-5
"""The grid all coordinates are put on: about a metre."""

TOUCHING = 0.01
"""Outlines of neighbours that trace to different vintages touch within this many degrees."""

SHORT = {
    "鄂州经济开发区": "鄂州经开区",
    "东山头办事处": "东山头",
    "孝感开发区丹阳办事处": "丹阳",
    "孝感开发区孝天办事处": "孝天",
    "孝感开发区槐荫办事处": "槐荫",
    "观音湖生态文化旅游渡假区": "观音湖",
    "双峰山旅游渡假区": "双峰山",
    "悟峰山度假区": "悟峰山",
    "县经济开发区": "经济开发区",
    "经济技术开发区": "经开区",
    "国营中洲农场": "中洲农场",
    "三星垸原种场": "三星垸",
    "汈汊湖养殖场": "汈汊湖",
    "汉川市经济技术开发区": "汉川经开区",
    "天鹅洲开发区": "天鹅洲",
    "向阳湖奶牛良种场": "奶牛良种场",
    "咸安商贸物流区": "商贸物流区",
    "咸宁市经济技术开发区": "咸宁经开区",
    "湖北咸安经济开发区": "咸安经开区",
}
"""What the wall calls the townships whose names have more than five Han."""

ENGLISH = {
    "530303001": "Xiping",
    "530303002": "Longhua",
    "530303003": "Jinlong",
    "530303004": "Huashan",
    "530303101": "Baishui",
    "530303102": "Panjiang",
    "530303201": "Yanfang",
    "530303202": "Bole",
    "530303203": "Dapo",
    "530303204": "Lingjiao",
    "530303205": "Deze",
}
COUNTIES = {
    "530303": ("沾益区", "Zhanyi District"),
    "441521": ("海丰县", "Haifeng County"),
    "610702": ("汉台区", "Hantai District"),
    "420102": ("江岸区", "Jiang'an District"),
    "420583": ("枝江市", "Zhijiang City"),
    "421081": ("石首市", "Shishou City"),
    "420704": ("鄂城区", "Echeng District"),
    "421202": ("咸安区", "Xian'an District"),
    "420923": ("云梦县", "Yunmeng County"),
    "420902": ("孝南区", "Xiaonan District"),
    "420921": ("孝昌县", "Xiaochang County"),
    "420922": ("大悟县", "Dawu County"),
    "420981": ("应城市", "Yingcheng City"),
    "420982": ("安陆市", "Anlu City"),
    "420984": ("汉川市", "Hanchuan City"),
}
XIAOGAN = "4209"


def main(source: Path, target: Path) -> None:
    """Write one GeoJSON file per place and the two tables of names."""
    counties = _shapes(source / "boundaries/counties_tianditu_epsg4490.geojson")
    context = _shapes(source / "boundaries/context_qujing_counties_tianditu_epsg4490.geojson")
    rivers = unary_union(list(_geometries(source / "basemap/wdbii_rivers_ten_places.geojson")))
    lakes = unary_union(list(_geometries(source / "basemap/ne10m_lakes_china.geojson")))
    around = {**context, **counties}
    for file in sorted((source / "boundaries").glob("*_townships_voronoi_*.geojson")):
        code = file.name[:6]
        others = [area for key, area in around.items() if key != code]
        areas = list(_townships(file))
        _write(target / f"{code}.geojson", areas, [rivers, lakes], others)
    units = [
        (f"{code}000000", COUNTIES[code][0], area)
        for code, area in sorted(counties.items())
        if code.startswith(XIAOGAN)
    ]
    _write(target / "420900.geojson", units, [rivers, lakes], [])
    centres = {code: area.representative_point() for code, area in counties.items()}
    _write_names(source / "names", target, centres)


def _shapes(file: Path) -> dict[str, BaseGeometry]:
    features = json.loads(file.read_text("utf-8"))["features"]
    return {f["properties"]["adcode"]: shape(f["geometry"]) for f in features}


def _geometries(file: Path) -> Iterator[BaseGeometry]:
    for feature in json.loads(file.read_text("utf-8"))["features"]:
        yield make_valid(shape(feature["geometry"]))


def _townships(file: Path) -> Iterator[tuple[str, str, BaseGeometry]]:
    for feature in json.loads(file.read_text("utf-8"))["features"]:
        yield (
            feature["properties"]["code"],
            feature["properties"]["name"],
            shape(feature["geometry"]),
        )


def _write(
    file: Path,
    areas: list[tuple[str, str, BaseGeometry]],
    water: list[BaseGeometry],
    others: list[BaseGeometry],
) -> None:
    """Write areas, their common outline, inner borders, water within and neighbours around."""
    areas = [(code, name, set_precision(area, DEGREES)) for code, name, area in areas]
    outline = unary_union([area for _, _, area in areas]).buffer(2 * DEGREES).buffer(-2 * DEGREES)
    edges = node(unary_union([area.boundary for _, _, area in areas]))
    inner = edges.difference(outline.boundary.buffer(4 * DEGREES))
    rivers, lakes = (part.intersection(outline) for part in water)
    west, south, east, north = outline.bounds
    frame = box(*outline.bounds).buffer(0.6 * max(east - west, north - south))
    beside = [other for other in others if other.distance(outline) < TOUCHING]
    near = unary_union([other.intersection(frame) for other in beside]).difference(outline)
    features = [_feature("area", area, code=code, name=name) for code, name, area in areas]
    features += [_feature("outline", outline), _feature("inner", _merged(inner))]
    features += [
        _feature(kind, part)
        for kind, part in (("river", _merged(rivers)), ("lake", lakes), ("context", near))
        if not part.is_empty
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "schematic": True, "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    file.write_text(text + "\n", "utf-8")


def _merged(lines: BaseGeometry) -> BaseGeometry:
    return linemerge(lines) if lines.geom_type == "MultiLineString" else lines


def _feature(kind: str, geometry: BaseGeometry, **names: str) -> dict[str, Any]:
    rounded = set_precision(geometry, DEGREES)
    return {
        "type": "Feature",
        "properties": {"kind": kind, **names},
        "geometry": json.loads(
            json.dumps(mapping(rounded)), parse_float=lambda x: round(float(x), 5)
        ),
    }


def _write_names(source: Path, target: Path, centres: dict[str, Any]) -> None:
    points = {row["code"]: row for row in _rows(source / "township_points_10places.csv")}
    rows = [("420900000000", "", "prefecture", "孝感市", "孝感市", "Xiaogan City", "", "")]
    for code, (name, english) in sorted(COUNTIES.items()):
        parent = "420900000000" if code.startswith(XIAOGAN) else ""
        lon, lat = f"{centres[code].x:.5f}", f"{centres[code].y:.5f}"
        rows.append((f"{code}000000", parent, "county", name, name, english, lon, lat))
    for row in _rows(source / "townships_nbs2023_10places.csv"):
        code, name, point = f"{row['code']}000", row["name"], points.get(f"{row['code']}000", {})
        place = (point.get("lon_wgs84", ""), point.get("lat_wgs84", ""))
        parent, short = f"{row['areaCode']}000000", SHORT.get(name, name)
        rows.append((code, parent, "township", name, short, ENGLISH.get(row["code"], ""), *place))
    heads = ("area_code", "parent_code", "level", "name", "short_name", "name_en", "lon", "lat")
    _write_csv(target / "areas.csv", heads, rows)
    villages = [(r["code"], r["name"]) for r in _rows(source / "villages_nbs2023_10places.csv")]
    _write_csv(target / "villages.csv", ("area_code", "name"), villages)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _write_csv(file: Path, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([heads, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "geodata/data"))
