/* Where the names on a map go: geometry in pixels, nothing of the page (docs/decisions/002).

   wuqing.labels.place({size, unit, whole, areas, obstacles, reserved, labels}) -> placements
     size       {w, h} of the map
     unit       pixels of one design pixel (1rem / 16): every distance below is in design pixels
     whole      all areas are in view: then no name may be missing
     areas      [{id, rings: [[[x, y], ...], ...]}], holes by the even-odd rule
     obstacles  boxes {x, y, w, h} (x, y: centre) that labels, leaders and anchors keep clear of
     reserved   boxes that labels and leaders keep clear of
     labels     [{id, inside: {w, h}, outside: {w, h}, numbered: {w, h}}]
   A placement is {id, mode, x, y, w, h} with mode "in"; "out" (one line) or "stack" (two) with a
   straight leader from `end` to `anchor`, both [x, y]; "number" with the number's place as
   `anchor`; or {id, mode: "none"}.                                                               */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const GAP = 4, OVERLAP = 0.14, ROUNDS = 3;

  const { box, grown, meet, length, strikes, count, cells } = wuqing.grid;
  const { PAD, ground, centres, isFree, atEdge, overlapping } = wuqing.ground;

  function inside(land, of, wanted, taken) {
    let best = null;
    for (const [x, y] of centres(land, of, 1)) {
      const b = box(x, y, wanted.w, wanted.h), padded = grown(b, PAD * land.unit);
      if (!isFree(land, b, taken) || count(land.grid, of.own, padded) < cells(land.grid, padded)) {
        continue;
      }
      const score = clearance(land, of, padded) - 0.35 * length([x, y], of.centre);
      if (!best || score > best.score) best = { score, ...b };
    }
    return best;
  }

  function clearance(land, of, b) {
    let room = 0;
    for (let step = 1; step <= 12; step++) {
      const larger = grown(b, step * land.cell);
      if (count(land.grid, of.own, larger) < cells(land.grid, larger)) break;
      room = step * land.cell;
    }
    return room;
  }

  function acrossBorders(land, of, wanted, taken) {
    let best = null;
    for (const { b, share } of overlapping(land, of, wanted, OVERLAP)) {
      const score = -100 * share - (0.25 * length([b.x, b.y], of.centre)) / land.unit;
      if ((!best || score > best.score) && isFree(land, b, taken)) best = { score, ...b };
    }
    return best;
  }

  function solve(land, bySize, loose) {
    const taken = [], placed = new Map();
    for (const label of bySize) {
      if (loose.has(label.id)) continue;
      const of = land.shapes.get(label.id);
      const found = inside(land, of, label.inside, taken) ||
        acrossBorders(land, of, label.inside, taken);
      if (!found) continue;
      placed.set(label.id, { id: label.id, mode: "in", ...box(found.x, found.y, found.w, found.h) });
      taken.push(grown(found, GAP * land.unit));
    }
    const { choices, together } = wuqing.leaders;
    const open = bySize.filter((label) => !placed.has(label.id));
    const groups = open.map((label) => choices(land, land.shapes.get(label.id), label, taken));
    for (const { label, cost, ...one } of together(groups, 3 * land.unit)) {
      placed.set(label.id, { id: label.id, ...one });
    }
    return placed;
  }

  /* Names that stand in the way of one without a place are placed anew, together with it. */
  function place(scene) {
    const land = ground(scene), loose = new Set();
    const bySize = scene.labels
      .filter((label) => land.shapes.get(label.id).cells > 0)
      .sort((a, b) => land.shapes.get(a.id).cells - land.shapes.get(b.id).cells);
    let best = new Map();
    for (let round = 0; round < (scene.whole ? ROUNDS : 1); round++) {
      const placed = solve(land, bySize, loose);
      if (placed.size > best.size) best = placed;
      if (best.size === bySize.length) break;
      const missing = bySize.filter((label) => !placed.has(label.id));
      for (const label of missing) nearest(land, label, placed).forEach((id) => loose.add(id));
    }
    if (scene.whole) {
      for (const label of bySize.filter(({ id }) => !best.has(id))) {
        const found = numbered(land, label, [...best.values()]);
        if (found) best.set(label.id, found);
      }
    }
    return scene.labels.map(({ id }) => best.get(id) || { id, mode: "none" });
  }

  /* The last resort: the name stands anywhere free, and a number joins it to its area. */
  function numbered(land, label, placed) {
    const of = land.shapes.get(label.id), { w, h } = label.numbered, { unit, size } = land;
    const { anchors } = wuqing.leaders;
    const leaders = placed.filter((one) => one.end), dot = (p) => box(p[0], p[1], h, h);
    const taken = placed.flatMap((one) =>
      [grown(one, GAP * unit), ...(one.mode === "number" ? [dot(one.anchor)] : [])]);
    const clear = (p) => !taken.some((b) => meet(dot(p), b)); // a symbol may hide part of it
    const spots = [anchors(land, of, taken).filter(clear), [...centres(land, of, 1)].filter(clear),
      [...centres(land, of, 1)].filter((p) => !taken.some((b) => meet(box(p[0], p[1], 2, 2), b)))];
    const at = (spots.find((found) => found.length) || [of.centre])
      .reduce((a, p) => (length(p, of.centre) < length(a, of.centre) ? p : a));
    taken.push(dot(at));
    let best = null;
    for (let y = h / 2 + unit; y <= size.h - h / 2; y += 3 * unit) {
      for (let x = w / 2 + unit; x <= size.w - w / 2; x += 3 * unit) {
        const b = box(x, y, w, h);
        if (!isFree(land, b, taken) || leaders.some((one) => strikes(one.end, one.anchor, b))) {
          continue;
        }
        const onAreas = cells(land.grid, b) - count(land.grid, land.outside, b);
        const cost = length([x, y], of.centre) + size.w * ((onAreas > 0) + atEdge(land, b));
        if (!best || cost < best.cost) best = { cost, ...b };
      }
    }
    if (!best) return null;
    const { cost, ...b } = best;
    return { id: label.id, mode: "number", ...b, anchor: at };
  }

  function nearest(land, label, placed) {
    const { centre } = land.shapes.get(label.id);
    return [...placed.values()]
      .filter((one) => one.mode === "in")
      .sort((a, b) => length([a.x, a.y], centre) - length([b.x, b.y], centre))
      .slice(0, 2)
      .map((one) => one.id);
  }

  wuqing.labels = { place };
})();
