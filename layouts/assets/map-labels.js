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
  const PAD = 2, GAP = 4, OUTSIDE_GAP = 9, LONGEST_LEADER = 340;
  const OVERLAP = 0.14, DEAR_OVERLAP = 0.3, KEPT = 48, NODES = 1500, STACKED = 12;
  const UNPLACED = 900, ROUNDS = 3;

  const { box, grown, meet, length, cross, strikes, raster, summed, spanned, count, cells } =
    wuqing.grid;

  /* ---- the ground: everything that stays the same for all labels ----------------------------- */

  function ground({ size, unit, areas, obstacles, reserved }) {
    const cell = 3 * unit, grid = raster(size, cell, areas);
    const blocked = new Uint8Array(grid.owner.length);
    for (const b of [...obstacles, ...reserved]) {
      const { c0, c1, r0, r1 } = spanned(grid, b);
      for (let r = r0; r < r1; r++) blocked.fill(1, r * grid.cols + c0, r * grid.cols + c1);
    }
    return {
      size, unit, cell, grid, obstacles, reserved,
      outside: summed(grid, (i) => grid.owner[i] < 0),
      blocked: summed(grid, (i) => blocked[i] === 1),
      shapes: new Map(areas.map((area, index) => [area.id, shape(grid, index)])),
    };
  }

  function shape(grid, index) {
    const own = summed(grid, (i) => grid.owner[i] === index);
    let c0 = grid.cols, c1 = -1, r0 = grid.rows, r1 = -1, cx = 0, cy = 0, n = 0;
    grid.owner.forEach((owner, i) => {
      if (owner !== index) return;
      const col = i % grid.cols, row = (i - col) / grid.cols;
      c0 = Math.min(c0, col); c1 = Math.max(c1, col);
      r0 = Math.min(r0, row); r1 = Math.max(r1, row);
      cx += col; cy += row; n++;
    });
    const centre = n ? [(cx / n + 0.5) * grid.cell, (cy / n + 0.5) * grid.cell] : null;
    return { index, own, cells: n, centre, c0, c1, r0, r1 };
  }

  const inFrame = (land, b) =>
    b.x - b.w / 2 >= 0 && b.y - b.h / 2 >= 0 &&
    b.x + b.w / 2 <= land.size.w && b.y + b.h / 2 <= land.size.h;

  function* centres(land, of, step) {
    for (let row = of.r0; row <= of.r1; row += step) {
      for (let col = of.c0; col <= of.c1; col += step) {
        if (land.grid.owner[row * land.grid.cols + col] === of.index) {
          yield [(col + 0.5) * land.cell, (row + 0.5) * land.cell];
        }
      }
    }
  }

  /* ---- inside its area ------------------------------------------------------------------------ */

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

  function isFree(land, b, taken) {
    return inFrame(land, b) && count(land.grid, land.blocked, b) === 0 &&
      !taken.some((other) => meet(b, other));
  }

  function* overlapping(land, of, wanted, most) {
    for (const [x, y] of centres(land, of, 1)) {
      const b = box(x, y, wanted.w, wanted.h);
      if (count(land.grid, land.outside, grown(b, PAD * land.unit)) > 0) continue;
      const share = 1 - count(land.grid, of.own, b) / cells(land.grid, b);
      if (share <= most) yield { b, share };
    }
  }

  function acrossBorders(land, of, wanted, taken) {
    let best = null;
    for (const { b, share } of overlapping(land, of, wanted, OVERLAP)) {
      const score = -100 * share - (0.25 * length([b.x, b.y], of.centre)) / land.unit;
      if ((!best || score > best.score) && isFree(land, b, taken)) best = { score, ...b };
    }
    return best;
  }

  /* ---- outside, with a leader ------------------------------------------------------------------ */

  function anchors(land, of, taken) {
    const side = Math.max(of.c1 - of.c0, of.r1 - of.r0), found = [];
    for (const room of [14, 8, 3]) {
      for (const p of centres(land, of, Math.max(1, Math.floor(side / 9)))) {
        const b = box(p[0], p[1], room * land.unit, room * land.unit);
        if (isFree(land, b, taken) && count(land.grid, of.own, b) === cells(land.grid, b)) {
          found.push(p);
        }
      }
      if (found.length) return found;
    }
    return found;
  }

  function abroad(land, of, p, q) {
    const steps = Math.max(1, Math.round(length(p, q) / land.cell)), { cols, rows } = land.grid;
    let strange = 0;
    for (let k = 0; k <= steps; k++) {
      const col = Math.floor((p[0] + ((q[0] - p[0]) * k) / steps) / land.cell);
      const row = Math.floor((p[1] + ((q[1] - p[1]) * k) / steps) / land.cell);
      if (col < 0 || row < 0 || col >= cols || row >= rows) continue;
      const owner = land.grid.owner[row * cols + col];
      if (owner >= 0 && owner !== of.index) strange++;
    }
    return strange * land.cell;
  }

  function callOuts(land, of, label, taken) {
    const from = anchors(land, of, taken), walls = [...taken, ...land.reserved, ...land.obstacles];
    return [
      ...beside(land, of, label.outside, from, { taken, walls, dear: 0, mode: "out" }),
      ...beside(land, of, label.inside, from, { taken, walls, dear: STACKED, mode: "stack" }),
    ].map((one) => ({ label, ...one }));
  }

  function beside(land, of, { w, h }, from, { taken, walls, dear, mode }) {
    const { unit, size } = land, found = [], margin = OUTSIDE_GAP * unit;
    const onAreas = (b) => cells(land.grid, b) - count(land.grid, land.outside, b);
    for (let y = h / 2 + unit; y <= size.h - h / 2 - unit; y += 6 * unit) {
      for (let x = w / 2 + 4 * unit; x <= size.w - w / 2 - 4 * unit; x += 9 * unit) {
        const b = box(x, y, w, h);
        if (onAreas(grown(b, margin)) > 0 || !isFree(land, b, taken)) continue;
        for (const side of [-1, 1]) {
          const end = [x + side * (w / 2 + 5 * unit), y];
          const leader = cheapest(land, of, end, side, from, walls);
          if (leader) found.push({ mode, ...b, end, ...leader, cost: leader.cost + dear });
        }
      }
    }
    return found;
  }

  function cheapest(land, of, end, side, from, walls) {
    const near = from
      .filter((p) => (p[0] - end[0]) * side >= 0)
      .map((p) => ({ p, d: length(p, end) + 0.3 * length(p, of.centre) }))
      .filter(({ d }) => d < LONGEST_LEADER * land.unit)
      .sort((a, b) => a.d - b.d)
      .slice(0, 5);
    for (const { p, d } of near) {
      if (walls.some((wall) => strikes(end, p, wall))) continue;
      const cost = d + 3 * abroad(land, of, end, p) + 0.35 * Math.abs(p[1] - end[1]);
      return { anchor: p, cost: cost / land.unit };
    }
    return null;
  }

  function choices(land, of, label, taken) {
    const found = callOuts(land, of, label, taken);
    for (const { b, share } of overlapping(land, of, label.inside, DEAR_OVERLAP)) {
      if (isFree(land, b, taken)) {
        found.push({ label, mode: "in", ...b, cost: 40 + 420 * share });
      }
    }
    found.sort((a, b) => a.cost - b.cost);
    const kept = [];
    for (const one of found) {
      const near = kept.filter((k) => Math.abs(one.x - k.x) < 17 * land.unit &&
        Math.abs(one.y - k.y) < 13 * land.unit);
      if (near.length < 2) kept.push(one);
      if (kept.length >= KEPT) break;
    }
    return kept;
  }

  /* ---- all call-outs together: branch and bound, no leader crosses anything ---------------------- */

  function agree(a, b, gap) {
    if (meet(grown(a, gap), b)) return false;
    if (a.anchor && strikes(a.end, a.anchor, grown(b, gap))) return false;
    if (b.anchor && strikes(b.end, b.anchor, grown(a, gap))) return false;
    return !(a.anchor && b.anchor && cross(a.end, a.anchor, b.end, b.anchor));
  }

  /* Branch and bound over one choice a group: the group with fewest choices left comes next. */
  function together(groups, gap) {
    const all = groups.flat(), clashes = new Map(), dead = new Int16Array(all.length);
    const spans = groups.map((group, i) => [i ? groups.slice(0, i).flat().length : 0, group.length]);
    const chosen = [], best = { cost: Infinity, chosen: [] };
    let nodes = 0;

    function clash(index) {
      if (!clashes.has(index)) {
        const against = [];
        all.forEach((other, k) => agree(all[index], other, gap) || against.push(k));
        clashes.set(index, against);
      }
      return clashes.get(index);
    }

    function alive([start, size]) {
      const found = [];
      for (let k = start; k < start + size; k++) if (!dead[k]) found.push(k);
      return found;
    }

    (function branch(open, cost) {
      if (nodes++ > NODES) return;
      if (!open.length) {
        if (cost < best.cost) Object.assign(best, { cost, chosen: [...chosen] });
        return;
      }
      const left = open.map(alive);
      const bound = left.reduce((sum, k) => sum + (k.length ? all[k[0]].cost : UNPLACED), cost);
      if (bound >= best.cost) return;
      const next = left.reduce((a, k, i) => (k.length < left[a].length ? i : a), 0);
      const rest = open.filter((_, i) => i !== next), slack = best.cost - bound;
      for (const k of left[next]) {
        if (all[k].cost - all[left[next][0]].cost >= slack) break;
        clash(k).forEach((other) => dead[other]++);
        chosen.push(all[k]);
        branch(rest, cost + all[k].cost);
        chosen.pop();
        clash(k).forEach((other) => dead[other]--);
      }
      branch(rest, cost + UNPLACED);
    })(spans, 0);
    return best.chosen;
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
        const cost = length([x, y], of.centre) + (onAreas ? size.w : 0);
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

  /* How much of a box lies on the areas, 0..1: the keys go where this is least. */
  function coverOf(scene) {
    const grid = raster(scene.size, 3 * scene.unit, scene.areas);
    const sums = summed(grid, (i) => grid.owner[i] >= 0);
    return (b) => count(grid, sums, b) / cells(grid, b);
  }

  wuqing.labels = { place, coverOf };
})();
