/* Boxes, segments and a raster of areas, in pixels: what map-labels.js reckons with.

   A box is {x, y, w, h} with x, y its centre. An area is {id, rings: [[[x, y], ...], ...]}, its holes
   by the even-odd rule.                                                                          */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});

  const box = (x, y, w, h) => ({ x, y, w, h });
  const grown = (b, by) => box(b.x, b.y, b.w + 2 * by, b.h + 2 * by);
  const meet = (a, b) =>
    Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;
  const length = (p, q) => Math.hypot(p[0] - q[0], p[1] - q[1]);

  function turn(p, q, r) {
    return Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  }

  function cross(p, q, r, s) {
    return turn(p, q, r) !== turn(p, q, s) && turn(r, s, p) !== turn(r, s, q);
  }

  function strikes(p, q, b) {
    const x0 = b.x - b.w / 2, x1 = b.x + b.w / 2, y0 = b.y - b.h / 2, y1 = b.y + b.h / 2;
    const within = ([x, y]) => x > x0 && x < x1 && y > y0 && y < y1;
    return within(p) || within(q) || cross(p, q, [x0, y0], [x1, y1]) ||
      cross(p, q, [x0, y1], [x1, y0]);
  }

  /* ---- a raster of the areas, with summed tables: any box is counted in four look-ups -------- */

  function raster(size, cell, areas) {
    const cols = Math.ceil(size.w / cell), rows = Math.ceil(size.h / cell);
    const owner = new Int16Array(cols * rows).fill(-1);
    areas.forEach((area, index) => {
      for (let row = 0; row < rows; row++) {
        const cuts = crossings(area.rings, (row + 0.5) * cell);
        for (let k = 0; k + 1 < cuts.length; k += 2) {
          const from = Math.max(0, Math.ceil(cuts[k] / cell - 0.5));
          const to = Math.min(cols - 1, Math.floor(cuts[k + 1] / cell - 0.5));
          for (let col = from; col <= to; col++) owner[row * cols + col] = index;
        }
      }
    });
    return { cols, rows, cell, owner };
  }

  function crossings(rings, y) {
    const cuts = [];
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [x0, y0] = ring[j], [x1, y1] = ring[i];
        if (y0 > y !== y1 > y) cuts.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
      }
    }
    return cuts.sort((a, b) => a - b);
  }

  function summed(grid, holds) {
    const { cols, rows } = grid, wide = cols + 1;
    const sums = new Int32Array(wide * (rows + 1));
    for (let row = 0; row < rows; row++) {
      for (let col = 0, line = 0; col < cols; col++) {
        line += holds(row * cols + col) ? 1 : 0;
        sums[(row + 1) * wide + col + 1] = sums[row * wide + col + 1] + line;
      }
    }
    return sums;
  }

  function spanned(grid, b) {
    const clip = (value, most) => Math.max(0, Math.min(most, value));
    return {
      c0: clip(Math.floor((b.x - b.w / 2) / grid.cell), grid.cols),
      c1: clip(Math.ceil((b.x + b.w / 2) / grid.cell), grid.cols),
      r0: clip(Math.floor((b.y - b.h / 2) / grid.cell), grid.rows),
      r1: clip(Math.ceil((b.y + b.h / 2) / grid.cell), grid.rows),
    };
  }

  function count(grid, sums, b) {
    const { c0, c1, r0, r1 } = spanned(grid, b), wide = grid.cols + 1;
    return sums[r1 * wide + c1] - sums[r0 * wide + c1] - sums[r1 * wide + c0] +
      sums[r0 * wide + c0];
  }

  function cells(grid, b) {
    const { c0, c1, r0, r1 } = spanned(grid, b);
    return Math.max(1, (c1 - c0) * (r1 - r0));
  }

  wuqing.grid = {
    box, grown, meet, length, cross, strikes, raster, summed, spanned, count, cells,
  };
})();
