"""WGS-84, GCJ-02 and BD-09: the three ways Chinese maps write the same place, in degrees.

Source: the published reverse-engineered formulas of GCJ-02 (Krasovsky 1940 ellipsoid) and BD-09.
"""

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]
"""Longitude, latitude."""

_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)
_BAIDU = pi * 3000 / 180
_NEAR_DEG = 1e-9


def wgs84_to_gcj02(lon: float, lat: float) -> Point:
    """Shift a place in China by GCJ-02's 100 to 700 m; elsewhere the two agree."""
    west, south, east, north = _CHINA
    if not (west < lon < east and south < lat < north):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    up = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    up += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    up += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    right = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    right += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    right += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    flat = 1 - _ECCENTRICITY_2 * sin(radians(lat)) ** 2
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY_2) / (flat * sqrt(flat))
    parallel_m = _AXIS_M / sqrt(flat) * cos(radians(lat))
    return lon + right * 180 / (parallel_m * pi), lat + up * 180 / (meridian_m * pi)


def gcj02_to_wgs84(lon: float, lat: float) -> Point:
    """Undo the shift to well under a metre, by correcting a guess until it maps back."""
    return _undo(wgs84_to_gcj02, lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> Point:
    """Add Baidu's own shift."""
    far = hypot(lon, lat) + 0.00002 * sin(lat * _BAIDU)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BAIDU)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


def bd09_to_gcj02(lon: float, lat: float) -> Point:
    """Take Baidu's own shift off again."""
    return _undo(gcj02_to_bd09, lon, lat)


def bd09_to_wgs84(lon: float, lat: float) -> Point:
    """Take both shifts off."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def wgs84_to_bd09(lon: float, lat: float) -> Point:
    """Add both shifts."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def _undo(shift: Callable[[float, float], Point], lon: float, lat: float) -> Point:
    guess_lon, guess_lat = lon, lat
    for _ in range(20):
        there_lon, there_lat = shift(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + lon - there_lon, guess_lat + lat - there_lat
        if abs(lon - there_lon) + abs(lat - there_lat) < _NEAR_DEG:
            break
    return guess_lon, guess_lat
