/* The view of the map: the whole place, as large as its keys and names allow.

   A view is good when no key covers any of the place and every name stands in its area or beside
   it with a leader. The largest good one is taken, else of those tried the one that lacks fewest
   names. The numbered key names the townships too where that costs nothing.                    */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const MARGIN = 0.75, STEP = 1.5, SIDES = { right: 9, left: 9, bottom: 5, top: 5, all: 2 };
  const SMALLER = 0.03, TRIES = 5, PATIENCE_MS = 1500;

  /* `redraw` brings symbols and keys to a new view. */
  function fit(mounted, redraw) {
    const all = views(mounted), tried = [], until = performance.now() + PATIENCE_MS;
    if (!mounted.data) {
      show(mounted.map, all[0]);
      return;
    }
    for (const view of all) {
      if (tried.length >= TRIES || (tried.length && performance.now() > until)) break;
      if (tried.length && view.zoom > tried.at(-1).view.zoom - SMALLER) continue;
      show(mounted.map, view);
      redraw();
      if (putKeys(mounted, true) > 0) continue;
      const missing = place(mounted);
      tried.push({ view, missing });
      if (!missing) {
        nameTownships(mounted);
        return;
      }
    }
    const best = tried.reduce((a, b) => (b.missing < a.missing ? b : a), tried[0]);
    show(mounted.map, best ? best.view : all[0]);
    redraw();
    stay(mounted);
  }

  function nameTownships(mounted) {
    const clear = putKeys(mounted, false) === 0;
    if (clear && !place(mounted)) return;
    putKeys(mounted, true);
    if (clear) place(mounted);
  }

  /* The view is the reader's own: keys and names as well as they can stand in it. */
  function stay(mounted) {
    putKeys(mounted, true);
    place(mounted);
  }

  /* Ways to keep a side free, the one that leaves the place largest first. */
  function views({ map, areas }) {
    const unit = wuqing.names.rem(), margin = MARGIN * unit, box = L.latLngBounds([]);
    areas.forEach((layer) => box.extend(layer.getBounds()));
    const kept = Object.entries(SIDES).flatMap(([side, steps]) =>
      Array.from({ length: steps }, (_, n) => [side, (n + 1) * STEP * unit]));
    return [["none", 0], ...kept].map(([side, room]) => {
      const at = (name) => margin + (side === name || side === "all" ? room : 0);
      const start = L.point(at("left"), at("top") - (margin * 2) / 3 + headingHeight(map));
      const end = L.point(at("right"), at("bottom"));
      return { box, start, end, zoom: map.getBoundsZoom(box, false, start.add(end)) };
    }).sort((a, b) => b.zoom - a.zoom);
  }

  function show(map, { box, start, end }) {
    map.setMinZoom(0);
    map.fitBounds(box, { animate: false, paddingTopLeft: start, paddingBottomRight: end });
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

  /* Returns how much of the place the keys cover. */
  function putKeys(mounted, brief) {
    mounted.keys.hazards.classList.toggle("brief", brief);
    return wuqing.keys.put(mounted.keys, wuqing.names.scene(mounted, heading(mounted.map)));
  }

  /* Returns how many names stand neither in nor beside their areas. */
  function place(mounted) {
    const { map, names, data, keys } = mounted;
    const kept = [...heading(map), ...Object.values(keys)];
    const scene = wuqing.names.scene(mounted, kept);
    const placements = wuqing.labels.place(scene);
    L.DomUtil.setPosition(names, map.containerPointToLayerPoint([0, 0]));
    names.setAttribute("width", scene.size.w);
    names.setAttribute("height", scene.size.h);
    mounted.values = wuqing.names.draw(names, placements, data);
    return placements.filter(({ mode }) => mode === "none" || mode === "number").length;
  }

  wuqing.view = { fit, stay };
})();
