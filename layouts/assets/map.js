/* The hazard map: Leaflet draws the shapes once; `wuqing.map.update(data)` changes what differs.

   Data come from layouts/panels/hazard_map.py (map_data). Colours are CSS variables on classes, so
   a change of theme needs nothing from here. Zoom and open popups outlive every update.          */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const CANVAS = "wall-hazard-map-canvas", PANES = { under: 390, over: 410, names: 450 };
  const KEYED = 5, MARGINS = [0.75, 3], SETTLED_MS = 80;
  const CORNERS = ["top right", "bottom right", "bottom left", "top left"];
  let view = null, latest = null;

  /* ---- mounting --------------------------------------------------------------------------------- */

  function mount(map) {
    if (map.getContainer().id !== CANVAS) return;
    const { html, svg } = wuqing.marks, container = map.getContainer();
    for (const [name, order] of Object.entries(PANES)) map.createPane(name).style.zIndex = order;
    const names = svg("svg", { class: "map-names", role: "presentation" });
    map.getPane("names").append(names);
    view = {
      map, names, data: null, areas: new Map(), markers: new Map(), values: new Map(), seen: null,
      atHome: true, fitting: false, placedFor: "",
      keys: ["hazards", "steps"].map((part) => html("div", `map-key ${part}`)),
      home: html("button", "map-home"),
    };
    view.home.type = "button";
    view.home.addEventListener("click", () => goHome(view));
    container.append(...view.keys, view.home);
    L.DomEvent.disableClickPropagation(view.home);
    listen(view);
  }

  function listen(mounted) {
    const { map } = mounted, again = later(() => mounted === view && settle(mounted));
    const watch = new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      again();
    });
    watch.observe(map.getContainer());
    document.fonts.addEventListener("loadingdone", again);
    mounted.again = again;
    map.on("zoomstart movestart", () => {
      if (!mounted.fitting && mounted.settled) mounted.atHome = false;
    });
    map.on("zoomstart", () => mounted.names.classList.add("moving"));
    map.on("zoomend moveend", () => mounted.fitting || again());
    map.on("unload", () => {
      watch.disconnect();
      document.fonts.removeEventListener("loadingdone", again);
      if (view === mounted) view = null;
    });
  }

  function later(action) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(action, SETTLED_MS);
    };
  }

  function eachLine(feature, layer) {
    const { kind } = feature.properties;
    const pane = kind === "context" ? "under" : "over";
    Object.assign(layer.options, { pane, className: `map-line ${kind}`, smoothFactor: 0 });
  }

  function eachArea(feature, layer) {
    const mounted = view, { code } = feature.properties;
    if (!mounted) return;
    Object.assign(layer.options, { className: "map-area", smoothFactor: 0 });
    layer.bindTooltip(() => tooltip(code), { sticky: true, className: "map-tip" });
    layer.on("click", () => open(code));
    layer.on("add", () => {
      const path = layer.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "link");
      path.dataset.code = code;
      path.addEventListener("keydown", (event) => event.key === "Enter" && open(code));
      mounted.areas.set(code, layer);
      mounted.again();
    });
    layer.on("remove", () => mounted.areas.delete(code));
  }

  function open(code) {
    const language = new URLSearchParams(location.search).get("lang");
    const query = language ? `?lang=${encodeURIComponent(language)}` : "";
    location.assign(`/area/${encodeURIComponent(code)}${query}`);
  }

  function tooltip(code) {
    const { html } = wuqing.marks, area = latest && latest.areas[code];
    const notes = area ? area.notes.map((line) => html("div", "", line)) : [];
    return html("div", "map-note", "", html("b", "", area ? area.title : code), ...notes);
  }

  /* ---- the view: the whole place, as large as its names allow ----------------------------------- */

  function settle(mounted) {
    if (!mounted.areas.size || !mounted.map.getSize().x) return;
    mounted.settled = true;
    if (mounted.atHome) fit(mounted);
    mounted.home.hidden = mounted.atHome;
    paint(mounted);
  }

  function goHome(mounted) {
    mounted.atHome = true;
    mounted.placedFor = "";
    settle(mounted);
  }

  function fit(mounted) {
    const { x, y } = mounted.map.getSize(), unit = wuqing.names.rem();
    const sizing = `${x} ${y} ${unit} ${mounted.areas.size} ${mounted.data ? "data" : ""}`;
    if (mounted.fittedFor === sizing && mounted.placedFor) return;
    mounted.fittedFor = sizing;
    mounted.fitting = true;
    let best = { margin: MARGINS[0], missing: Infinity };
    for (const margin of mounted.data ? MARGINS : []) {
      show(mounted, margin * unit);
      drawMarks(mounted);
      const missing = place(mounted).filter(({ mode }) => mode === "none" || mode === "number").length;
      if (missing < best.missing) best = { margin, missing };
      if (!missing) break;
    }
    if (best.missing && best.margin !== MARGINS.at(-1)) show(mounted, best.margin * unit);
    mounted.fitting = false;
  }

  function show({ map, areas }, margin) {
    const box = L.latLngBounds([]);
    areas.forEach((layer) => box.extend(layer.getBounds()));
    map.setMinZoom(0);
    map.fitBounds(box, {
      animate: false, paddingTopLeft: [margin, headingHeight(map) + margin / 3],
      paddingBottomRight: [margin, margin],
    });
    map.setMinZoom(map.getZoom() - 1);
  }

  function heading(map) {
    const panel = map.getContainer().closest(".map");
    return panel ? [...panel.querySelectorAll(".map-head h2 > *")] : [];
  }

  function headingHeight(map) {
    const top = map.getContainer().getBoundingClientRect().top;
    return Math.max(0, ...heading(map).map((part) => part.getBoundingClientRect().bottom - top));
  }

  /* ---- painting: only what differs ---------------------------------------------------------------- */

  function update(data) {
    latest = data;
    if (!view) return;
    const first = !view.data;
    view.data = data;
    if (first) settle(view);
    else paint(view);
  }

  function paint(mounted) {
    const { map, data, areas } = mounted;
    if (!data || !areas.size) return;
    map.getContainer().setAttribute("aria-label", data.texts.label);
    mounted.home.textContent = data.texts.whole;
    for (const [code, layer] of areas) paintArea(layer, data.areas[code]);
    drawMarks(mounted);
    drawNames(mounted);
  }

  function paintArea(layer, area) {
    const path = layer.getElement();
    if (!area || !path) return;
    const label = `${area.title} ${area.notes.join(" ")}`;
    if (path.dataset.step !== String(area.step)) path.dataset.step = area.step;
    if (path.getAttribute("aria-label") === label) return;
    path.setAttribute("aria-label", label);
    if (layer.isTooltipOpen()) layer.getTooltip().update();
  }

  function drawMarks(mounted) {
    const { marks } = wuqing, { map, data, markers } = mounted;
    const points = marks.rows(data.points), frame = map.getBounds();
    const wanted = marks.chosen(points, (one) => frame.contains([one.lat, one.lon]), data);
    for (const [key, marker] of markers) {
      const kept = marker.isPopupOpen() && !wanted.some((one) => one.key === key) &&
        points.find((one) => one.key === key);
      if (kept) wanted.push(kept);
    }
    marks.keep(map, markers, wanted);
    const high = points.filter((one) => one.risk === 0).map((one) => one.id);
    if (mounted.seen) marks.announce(markers, high.filter((id) => !mounted.seen.has(id)));
    mounted.seen = new Set(high);
    drawKeys(mounted, wanted.filter((one) => one.number > 0));
  }

  function drawKeys(mounted, numbered) {
    const { html, symbol } = wuqing.marks, { data, keys: [hazards, steps] } = mounted;
    const more = numbered.length > KEYED ? [html("div", "", `+${numbered.length - KEYED}`)] : [];
    fill(hazards, [
      ...numbered.slice(0, KEYED).map((one) =>
        html("div", "", "", symbol(0, one.number), html("span", "", one.title))),
      ...(data.points.id.length ? more : [html("div", "", data.texts.none)]),
    ]);
    const swatch = (text, step) => {
      const row = html("div", "", "", html("i", ""), html("span", "", text));
      row.dataset.step = step;
      return row;
    };
    const elsewhere = data.texts.elsewhere ? [html("div", "", data.texts.elsewhere)] : [];
    fill(steps, [html("b", "", data.texts.open), ...data.steps.map(swatch).reverse(), ...elsewhere]);
  }

  function fill(element, children) {
    const text = children.map((child) => child.textContent).join("|");
    if (element.dataset.shown === text) return;
    element.dataset.shown = text;
    element.replaceChildren(...children);
  }

  /* ---- names -------------------------------------------------------------------------------------- */

  function drawNames(mounted) {
    const { names, data, values } = mounted;
    if (mounted.placedFor !== situation(mounted)) {
      place(mounted);
      return;
    }
    for (const [code, { group, value }] of values) {
      const { open: count, step } = data.areas[code];
      if (value.textContent !== String(count)) value.textContent = count;
      group.dataset.step = step;
    }
    names.classList.remove("moving");
  }

  /* Everything the places of the names depend on. */
  function situation({ map, data, areas, markers, keys }) {
    const { x, y } = map.getSize(), { lat, lng } = map.getCenter();
    return JSON.stringify([
      x, y, lat, lng, map.getZoom(), wuqing.names.rem(), keys.map((key) => key.dataset.shown),
      [...areas.keys()].map((code) => {
        const area = data.areas[code];
        return area && [area.name, String(area.open).length > 3 && String(area.open).length];
      }),
      [...markers.values()].map(({ shown }) => [shown.lat, shown.lon, shown.risk, shown.count]),
      getComputedStyle(map.getContainer()).fontFamily, document.fonts.size,
    ]);
  }

  function place(mounted) {
    const { map, names, data, keys } = mounted, head = heading(map);
    const bare = wuqing.names.scene(mounted, head);
    putKeys(bare, keys);
    const scene = wuqing.names.scene(mounted, [...head, ...keys]);
    const placements = wuqing.labels.place(scene);
    L.DomUtil.setPosition(names, map.containerPointToLayerPoint([0, 0]));
    names.setAttribute("width", scene.size.w);
    names.setAttribute("height", scene.size.h);
    mounted.values = wuqing.names.draw(names, placements, data);
    names.classList.remove("moving");
    mounted.placedFor = situation(mounted);
    return placements;
  }

  /* Each key takes the corner where it covers least of the place. */
  function putKeys(scene, keys) {
    const cover = wuqing.labels.coverOf(scene), edge = 12 * scene.unit;
    const taken = [];
    for (const key of keys) {
      const w = key.offsetWidth, h = key.offsetHeight;
      if (!w) continue;
      const spots = CORNERS.map((corner) => {
        const [vertical, side] = corner.split(" ");
        const x = side === "left" ? edge + w / 2 : scene.size.w - edge - w / 2;
        const heads = scene.reserved.filter((b) => Math.abs(b.x - x) * 2 < b.w + w);
        const top = Math.max(edge, ...heads.map((b) => b.y + b.h / 2 + edge / 2));
        const y = vertical === "top" ? top + h / 2 : scene.size.h - edge - h / 2;
        return { x, y, w, h };
      });
      const price = (spot) => cover(spot) +
        taken.filter((other) => wuqing.grid.meet(spot, other)).length;
      const best = spots.reduce((a, b) => (price(b) < price(a) - 0.01 ? b : a));
      key.style.left = `${best.x - w / 2}px`;
      key.style.top = `${best.y - h / 2}px`;
      taken.push(best);
    }
  }

  wuqing.map = { update, eachArea, eachLine };
  L.Map.addInitHook(function () {
    mount(this);
  });
})();
