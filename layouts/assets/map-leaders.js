/* Call-outs: names outside their areas, each with a straight leader, chosen all together. */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const OUTSIDE_GAP = 9, LONGEST_LEADER = 340;
  const DEAR_OVERLAP = 0.3, KEPT = 48, NODES = 1500, STACKED = 12, AT_EDGE = 300, UNPLACED = 900;

  const { box, grown, meet, length, cross, strikes, count, cells } = wuqing.grid;
  const { centres, isFree, atEdge, overlapping } = wuqing.ground;

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
          if (!leader) continue;
          const cost = leader.cost + dear + (atEdge(land, b) ? AT_EDGE : 0);
          found.push({ mode, ...b, end, anchor: leader.anchor, cost });
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

  wuqing.leaders = { anchors, choices, together };
})();
