"""Colours of the four themes: the one source of the style sheet and of every figure drawn."""

Theme = dict[str, str]

DARK: Theme = {
    "bg": "#11171B",
    "panel": "#182025",
    "raised": "#212B31",
    "line": "#2B373E",
    "line-strong": "#5F717B",
    "tx1": "#E9ECE8",
    "tx2": "#B7C2C6",
    "tx3": "#92A0A7",
    "data": "#A3B8BF",
    "data2": "#647C86",
    "data3": "#33424A",
    "accent": "#86C2B0",
    "accent-bg": "#1F3330",
    "on-accent": "#0F1A18",
    "red": "#FF7464",
    "red-bg": "#3B2322",
    "red-line": "#7C3A35",
    "yellow": "#EFC050",
    "yellow-bg": "#352E1C",
    "yellow-line": "#6B5A2A",
    "blue": "#74B2F5",
    "blue-bg": "#1B2C3D",
    "blue-line": "#34597F",
    "on-alarm": "#14191C",
    "honor": "#CB9486",
    "map0": "#1D272D",
    "map1": "#243239",
    "map2": "#2D3F47",
    "map3": "#385059",
    "map-line": "#0F1518",
    "map-outline": "#5B6E78",
    "water": "#20323D",
    "shadow": "none",
    "hatch": "rgba(233,236,232,.055)",
    "river": "#3E6E8C",
    "inner": "#6E838D",
    "yellow-fill": "#EFC050",
}
NIGHT: Theme = {
    "bg": "#090C0E",
    "panel": "#0E1315",
    "raised": "#151B1E",
    "line": "#1C2428",
    "line-strong": "#525F66",
    "tx1": "#B8BCB4",
    "tx2": "#8F9894",
    "tx3": "#7B8583",
    "data": "#77888D",
    "data2": "#576770",
    "data3": "#20292D",
    "accent": "#699A8C",
    "accent-bg": "#13201E",
    "on-accent": "#090C0E",
    "red": "#E5685A",
    "red-bg": "#281716",
    "red-line": "#5A2B28",
    "yellow": "#C99F3F",
    "yellow-bg": "#231E12",
    "yellow-line": "#4B3F1F",
    "blue": "#5E95CE",
    "blue-bg": "#121E2A",
    "blue-line": "#274361",
    "on-alarm": "#0B0F11",
    "honor": "#9A7167",
    "map0": "#12181B",
    "map1": "#172024",
    "map2": "#1D292E",
    "map3": "#253439",
    "map-line": "#070A0B",
    "map-outline": "#3D4B52",
    "water": "#121E25",
    "hatch": "rgba(184,188,180,.05)",
    "river": "#2A4A5E",
    "inner": "#4C5B62",
    "yellow-fill": "#C99F3F",
    "shadow": "none",
}
LIGHT: Theme = {
    "bg": "#F3F4F1",
    "panel": "#FFFFFF",
    "raised": "#F7F8F6",
    "line": "#DEE3E0",
    "line-strong": "#84918C",
    "tx1": "#172025",
    "tx2": "#435158",
    "tx3": "#5F6C73",
    "data": "#47656F",
    "data2": "#7C929A",
    "data3": "#E3E8E7",
    "accent": "#1C6858",
    "accent-bg": "#E3EFEB",
    "on-accent": "#FFFFFF",
    "red": "#BF2C1B",
    "red-bg": "#FBE9E6",
    "red-line": "#E5B3AC",
    "yellow": "#8A5A00",
    "yellow-bg": "#FBF1DA",
    "yellow-line": "#E2C583",
    "yellow-fill": "#E3A312",
    "blue": "#1A5FB0",
    "blue-bg": "#E5EEF8",
    "blue-line": "#A9C5E6",
    "on-alarm": "#FFFFFF",
    "honor": "#A24A3E",
    "map0": "#EEF1EF",
    "map1": "#DDE5E4",
    "map2": "#C5D3D4",
    "map3": "#A6BCC0",
    "map-line": "#FFFFFF",
    "map-outline": "#5F747C",
    "water": "#D8E6EC",
    "shadow": "0 1px 2px rgba(23,32,37,.06)",
    "hatch": "rgba(23,32,37,.05)",
    "river": "#8FB6CC",
    "inner": "#8A9AA0",
}
PRINT: Theme = {
    "bg": "#FFFFFF",
    "panel": "#FFFFFF",
    "raised": "#FFFFFF",
    "line": "#BFC4C2",
    "line-strong": "#4A5257",
    "tx1": "#000000",
    "tx2": "#2E3438",
    "tx3": "#50585D",
    "data": "#3C474C",
    "data2": "#8B9498",
    "data3": "#E6E8E7",
    "accent": "#000000",
    "accent-bg": "#EFEFEF",
    "on-accent": "#FFFFFF",
    "red": "#A32014",
    "red-bg": "#FFFFFF",
    "red-line": "#A32014",
    "yellow": "#6E4A00",
    "yellow-bg": "#FFFFFF",
    "yellow-line": "#6E4A00",
    "yellow-fill": "#E3A312",
    "blue": "#174E92",
    "blue-bg": "#FFFFFF",
    "blue-line": "#174E92",
    "on-alarm": "#FFFFFF",
    "honor": "#8E3B30",
    "map0": "#FFFFFF",
    "map1": "#ECEEED",
    "map2": "#D3D8D7",
    "map3": "#B2BBBB",
    "map-line": "#8B9498",
    "map-outline": "#000000",
    "water": "#EDEFEF",
    "hatch": "rgba(0,0,0,.08)",
    "river": "#9AA5AA",
    "inner": "#6B757A",
    "shadow": "none",
}

THEMES: dict[str, Theme] = {"dark": DARK, "night": NIGHT, "light": LIGHT, "print": PRINT}
"""`dark` is the wall, `night` the wall after ten, `light` desks and projectors, `print` paper."""


def tokens_css() -> str:
    """Write the themes as CSS custom properties; `assets/10-tokens.css` holds exactly this."""
    return "".join(_block(name, theme) for name, theme in THEMES.items())


def _block(name: str, theme: Theme) -> str:
    where = f'[data-theme="{name}"]'
    if name == "dark":
        where = f":root, {where}"
    scheme = "light" if name in ("light", "print") else "dark"
    lines = [f"  --cc-{token}: {value};\n" for token, value in theme.items()]
    return f"{where} {{\n  color-scheme: {scheme};\n{''.join(lines)}}}\n"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#RRGGBB` colours, 1..21. Source: WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
