/* The keys of the map: high-risk points by number, and the steps of the shades. */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const LISTED = 5, EDGE = 12, CLEAR = 5;
  const CORNERS = ["top right", "bottom right", "bottom left", "top left"];

  function create() {
    const { html } = wuqing.marks;
    return { hazards: html("div", "map-key hazards"), steps: html("div", "map-key steps") };
  }

  function draw({ hazards, steps }, numbered, data) {
    const { html } = wuqing.marks, more = numbered.length - LISTED;
    fill(hazards, data.points.id.length ? [
      ...numbered.slice(0, LISTED).map((one) => point(one, data)),
      ...(more > 0 ? [html("div", "", `+${more}`)] : []),
    ] : [html("div", "", data.texts.none)]);
    const elsewhere = data.texts.elsewhere ? [html("div", "", data.texts.elsewhere)] : [];
    fill(steps, [html("b", "", data.texts.open), ...data.steps.map(swatch).reverse(), ...elsewhere]);
  }

  function point(one, data) {
    const { html, symbol } = wuqing.marks, area = data.areas[one.area];
    const where = area ? [html("span", "where", area.name)] : [];
    return html("div", "", "", symbol(0, one.number), html("span", "", one.title), ...where);
  }

  function swatch(text, step) {
    const { html } = wuqing.marks;
    const row = html("div", "", "", html("i", ""), html("span", "", text));
    row.dataset.step = step;
    return row;
  }

  function fill(element, children) {
    const text = children.map((child) => child.textContent).join("|");
    if (element.dataset.shown === text) return;
    element.dataset.shown = text;
    element.replaceChildren(...children);
  }

  /* Each key takes the corner where it covers least of the place; returns how much all cover. */
  function put({ hazards, steps }, scene) {
    const cover = wuqing.ground.coverOf(scene), taken = [];
    const { grown, meet } = wuqing.grid, clear = CLEAR * scene.unit;
    const price = (spot) => cover(grown(spot, clear)) +
      taken.filter((other) => meet(spot, other)).length;
    let covered = 0;
    for (const key of [hazards, steps]) {
      if (!key.offsetWidth) continue;
      const best = spots(key, scene).reduce((a, b) => (price(b) < price(a) - 0.01 ? b : a));
      key.style.left = `${best.x - best.w / 2}px`;
      key.style.top = `${best.y - best.h / 2}px`;
      covered += price(best);
      taken.push(best);
    }
    return covered;
  }

  function spots({ offsetWidth: w, offsetHeight: h }, { size, unit, reserved }) {
    const edge = EDGE * unit;
    return CORNERS.map((corner) => {
      const [vertical, side] = corner.split(" ");
      const x = side === "left" ? edge + w / 2 : size.w - edge - w / 2;
      const heads = reserved.filter((b) => Math.abs(b.x - x) * 2 < b.w + w);
      const top = Math.max(edge, ...heads.map((b) => b.y + b.h / 2 + edge / 2));
      const y = vertical === "top" ? top + h / 2 : size.h - edge - h / 2;
      return { x, y, w, h };
    });
  }

  wuqing.keys = { create, draw, put };
})();
