/* Symbols of hazard points: their shapes, which of them are drawn, and the markers that keep them. */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const SVG = "http://www.w3.org/2000/svg";
  const COLOURS = ["red", "yellow", "blue"];
  const SHAPES = ["M0-11.2 11.2 0 0 11.2-11.2 0Z", "M0-10.4 11 8.6H-11Z",
    "M0-8.4A8.4 8.4 0 1 1 0 8.4 8.4 8.4 0 1 1 0-8.4Z"];
  const SHOWN = 40, PULSING = 3;

  /* The only ways to make elements: whatever comes from data is set as text. */
  function svg(name, attributes, text) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function html(name, className, text, ...children) {
    const element = document.createElement(name);
    element.className = className;
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  }

  function symbol(risk, number) {
    const drawn = svg("svg", {
      viewBox: "-12 -12 24 24", class: `map-sy ${COLOURS[risk]}`, "aria-hidden": "true",
    });
    drawn.append(svg("path", { d: SHAPES[risk], class: "keyline" }),
      svg("path", { d: SHAPES[risk], class: "shape" }));
    if (number) drawn.append(svg("text", { y: "4.8", class: "number" }, String(number)));
    return drawn;
  }

  /* ---- which symbols: each point, or one for each area when too many are in view -------------- */

  function rows(points) {
    let reds = 0;
    return points.id.map((id, i) => ({
      key: `p:${id}`, id, lat: points.lat[i], lon: points.lon[i], risk: points.risk[i],
      area: points.area[i], title: points.title[i], notes: [points.note[i]],
      number: points.risk[i] === 0 ? ++reds : 0, count: 1,
    }));
  }

  function chosen(points, inView, data) {
    const near = points.filter(inView);
    return near.length <= SHOWN ? near : clusters(near, data);
  }

  function clusters(points, data) {
    const found = new Map();
    for (const point of points) {
      const key = `c:${point.area}`;
      if (!found.has(key)) {
        found.set(key, { key, area: point.area, levels: [0, 0, 0], lat: 0, lon: 0, count: 0 });
      }
      const one = found.get(key);
      one.levels[point.risk]++;
      one.count++;
      one.lat += point.lat;
      one.lon += point.lon;
    }
    return [...found.values()].map((one) => ({
      ...one, lat: one.lat / one.count, lon: one.lon / one.count, number: 0,
      risk: one.levels.findIndex((count) => count > 0),
      title: data.areas[one.area] ? data.areas[one.area].title : data.texts.place,
      notes: one.levels.flatMap((n, risk) => (n ? [`${data.texts.risks[risk]} ${n}`] : [])),
    }));
  }

  /* ---- markers: only what differs from the last time is touched ------------------------------- */

  function icon(one) {
    const face = html("div", "map-face", "", symbol(one.risk, one.number));
    if (one.count > 1) face.append(html("b", "", String(one.count)));
    return L.divIcon({ className: `map-mark ${COLOURS[one.risk]}`, iconSize: null, html: face });
  }

  function note(one) {
    const lines = one.notes.map((line) => html("div", "", line));
    return html("div", "map-note", "", html("b", "", one.title), ...lines);
  }

  function create(map, one) {
    const marker = L.marker([one.lat, one.lon], {
      icon: icon(one), zIndexOffset: 1000 * (2 - one.risk), riseOnHover: true,
    });
    marker.bindPopup(() => marker.note, { autoPan: false, offset: [0, -8], className: "map-pop" });
    marker.bindTooltip(() => note(marker.shown), { className: "map-tip" });
    marker.on("popupopen", () => {
      marker.closeTooltip();
      marker.getElement().classList.remove("new", "pulse");
    });
    marker.shown = one;
    marker.note = note(one);
    return marker.addTo(map);
  }

  function change(marker, one) {
    const was = marker.shown;
    marker.shown = one;
    if (was.lat !== one.lat || was.lon !== one.lon) marker.setLatLng([one.lat, one.lon]);
    if (was.risk !== one.risk || was.number !== one.number || was.count !== one.count) {
      marker.setIcon(icon(one)).setZIndexOffset(1000 * (2 - one.risk));
    }
    if (was.title !== one.title || was.notes.join() !== one.notes.join()) {
      marker.note.replaceChildren(...note(one).childNodes);
    }
  }

  /* `markers` is a Map by key; returns whether any symbol came, went, moved or changed its shape. */
  function keep(map, markers, wanted) {
    const keys = new Set(wanted.map((one) => one.key));
    let changed = false;
    for (const [key, marker] of markers) {
      if (keys.has(key)) continue;
      marker.remove();
      markers.delete(key);
      changed = true;
    }
    for (const one of wanted) {
      const marker = markers.get(one.key);
      if (!marker) {
        markers.set(one.key, create(map, one));
        changed = true;
      } else {
        const { lat, lon, risk } = marker.shown;
        changed = changed || lat !== one.lat || lon !== one.lon || risk !== one.risk;
        change(marker, one);
      }
    }
    return changed;
  }

  function announce(markers, fresh) {
    for (const id of fresh) {
      const marker = markers.get(`p:${id}`);
      if (!marker) continue;
      const face = marker.getElement();
      face.classList.add("new");
      if (document.querySelectorAll(".map-mark.pulse").length < PULSING) {
        face.classList.add("pulse");
        face.addEventListener("animationend", () => face.classList.remove("pulse"));
      }
    }
  }

  wuqing.marks = { svg, html, symbol, rows, chosen, keep, announce };
})();
