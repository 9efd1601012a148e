/* The hazard map: Leaflet draws the shapes once; `wuqing.map.update(data)` changes what differs.

   Data come from layouts/panels/hazard_map.py (map_data). Colours are CSS variables on classes, so
   a change of theme needs nothing from here. Zoom and open popups outlive every update.          */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const CANVAS = "wall-hazard-map-canvas", PANES = { under: 390, over: 410, names: 450 };
  const SETTLED_MS = 80;
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
      keys: wuqing.keys.create(), home: html("button", "map-home"),
    };
    view.home.type = "button";
    view.home.hidden = true;
    view.home.addEventListener("click", () => goHome(view));
    container.append(...Object.values(view.keys), view.home);
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

  /* ---- the view --------------------------------------------------------------------------------- */

  function settle(mounted) {
    if (!mounted.areas.size || !mounted.map.getSize().x) return;
    mounted.settled = true;
    mounted.home.hidden = mounted.atHome;
    paint(mounted);
  }

  function goHome(mounted) {
    mounted.atHome = true;
    mounted.placedFor = "";
    settle(mounted);
  }

  /* ---- painting: only what differs ---------------------------------------------------------------- */

  function update(data) {
    latest = data;
    if (!view) return;
    view.data = data;
    if (view.settled) paint(view);
  }

  function paint(mounted) {
    const { map, data, areas } = mounted;
    if (!areas.size) return;
    if (!data) {
      whole(mounted);
      return;
    }
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
    wuqing.keys.draw(mounted.keys, wanted.filter((one) => one.number > 0), data);
  }

  /* ---- names -------------------------------------------------------------------------------------- */

  function drawNames(mounted) {
    const { names, data } = mounted;
    if (mounted.placedFor !== situation(mounted)) {
      if (mounted.atHome) whole(mounted);
      else wuqing.view.stay(mounted);
      mounted.placedFor = situation(mounted);
    }
    for (const [code, { group, value }] of mounted.values) {
      const { open: count, step } = data.areas[code];
      if (value.textContent !== String(count)) value.textContent = count;
      group.dataset.step = step;
    }
    names.classList.remove("moving");
  }

  function whole(mounted) {
    mounted.fitting = true;
    wuqing.view.fit(mounted, () => drawMarks(mounted));
    mounted.fitting = false;
  }

  /* Everything the places of the names depend on. */
  function situation({ map, data, areas, markers, keys }) {
    const { x, y } = map.getSize(), { lat, lng } = map.getCenter();
    return JSON.stringify([
      x, y, lat, lng, map.getZoom(), wuqing.names.rem(),
      Object.values(keys).map((key) => [key.offsetWidth, key.offsetHeight]),
      [...areas.keys()].map((code) => {
        const area = data.areas[code];
        return area && [area.name, String(area.open).length > 3 && String(area.open).length];
      }),
      [...markers.values()].map(({ shown }) => [shown.lat, shown.lon, shown.risk, shown.count]),
      getComputedStyle(map.getContainer()).fontFamily, document.fonts.size,
    ]);
  }

  wuqing.map = { update, eachArea, eachLine };
  L.Map.addInitHook(function () {
    mount(this);
  });
})();
