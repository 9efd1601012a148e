/* Names and open cases on the map: measured here, placed by map-labels.js, drawn as text. */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const SIZE = 1.375, LINE = 1.12, DIGITS = 3, CLEAR = 0.4;
  const pen = document.createElement("canvas").getContext("2d");

  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

  const digits = (count) => Math.max(DIGITS, String(count).length);

  function widths(container) {
    const px = SIZE * rem();
    pen.font = `500 ${px}px ${getComputedStyle(container).fontFamily}`;
    return { px, of: (text) => pen.measureText(text).width };
  }

  function ringsOf(map, layer) {
    const rings = [];
    (function walk(part) {
      if (Array.isArray(part[0])) {
        part.forEach(walk);
        return;
      }
      let last = null;
      const ring = [];
      for (const at of part) {
        const { x, y } = map.latLngToContainerPoint(at);
        if (last && Math.abs(last[0] - x) < 1 && Math.abs(last[1] - y) < 1) continue;
        ring.push((last = [x, y]));
      }
      if (ring.length > 2) rings.push(ring);
    })(layer.getLatLngs());
    return rings;
  }

  function boxWithin(element, frame) {
    const r = element.getBoundingClientRect();
    const w = r.width, h = r.height;
    return { x: r.left - frame.left + w / 2, y: r.top - frame.top + h / 2, w, h };
  }

  /* The scene for map-labels.js: `kept` are elements above the map that names must not cover. */
  function scene(view, kept) {
    const { map, data } = view, container = map.getContainer();
    const frame = container.getBoundingClientRect(), { px, of } = widths(container);
    const areas = [...view.areas].map(([id, layer]) => ({ id, rings: ringsOf(map, layer) }));
    const labels = areas.filter(({ id }) => data.areas[id]).map(({ id }) => {
      const { name, open } = data.areas[id];
      const value = of("0".repeat(digits(open))), wide = of(name);
      return {
        id,
        inside: { w: Math.max(wide, value), h: 2 * LINE * px },
        outside: { w: wide + 0.4 * px + value, h: 1.25 * px },
        numbered: { w: wide + 1.9 * px + value, h: 1.25 * px },
      };
    });
    const marks = [...view.markers.values()].map((marker) =>
      boxWithin(marker.getElement().firstChild, frame));
    return {
      size: { w: frame.width, h: frame.height }, unit: rem() / 16, whole: view.atHome, areas, labels,
      obstacles: marks.map((b) => ({ ...b, w: b.w + 4, h: b.h + 4 })),
      reserved: kept.map((element) => wuqing.grid.grown(boxWithin(element, frame), CLEAR * rem())),
    };
  }

  /* Draw every name where it was placed; returns the value elements by area, to be kept current. */
  function draw(layer, placements, data) {
    const { svg } = wuqing.marks, values = new Map(), drawn = [], ink = widths(layer.parentNode);
    let numbers = 0;
    for (const one of placements) {
      if (one.mode === "none") continue;
      const { name, open, step } = data.areas[one.id];
      const group = svg("g", { class: `map-name ${one.mode}`, "data-code": one.id });
      const at = one.mode === "out" ? inLine(one, ink, open, 0) :
        one.mode === "number" ? inLine(one, ink, open, 1.5 * ink.px) : stacked(one);
      const value = svg("text", { ...at.value, class: "value" }, String(open));
      group.dataset.step = step;
      if (one.end) group.append(...leader(one));
      if (one.mode === "number") group.append(...numberedTwice(one, ink.px, String(++numbers)));
      group.append(svg("text", { ...at.name, class: "name" }, name), value);
      values.set(one.id, { group, value });
      drawn.push(group);
    }
    layer.replaceChildren(...drawn);
    return values;
  }

  function stacked({ x, y, h }) {
    return { name: { x, y: y - h / 4 }, value: { x, y: y + h / 4 } };
  }

  function inLine({ x, y, w }, { of }, open, indent) {
    const value = x + w / 2 - of("0".repeat(digits(open)));
    return { name: { x: x - w / 2 + indent, y }, value: { x: value, y } };
  }

  function leader({ end, anchor }) {
    const { svg } = wuqing.marks;
    const line = `M${end[0]} ${end[1]}L${anchor[0]} ${anchor[1]}`;
    return [svg("path", { d: line, class: "leader" }),
      svg("circle", { cx: anchor[0], cy: anchor[1], r: 0.22 * rem(), class: "anchor" })];
  }

  function numberedTwice({ x, y, w, anchor }, px, number) {
    const { svg } = wuqing.marks;
    return [anchor, [x - w / 2 + 0.6 * px, y]].flatMap(([cx, cy]) => [
      svg("circle", { cx, cy, r: 0.6 * px, class: "ring" }),
      svg("text", { x: cx, y: cy, class: "number" }, number),
    ]);
  }

  wuqing.names = { rem, scene, draw };
})();
