/* The ground the names of a map stand on: what stays the same for all of them, and what is free. */
(function () {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const { box, grown, meet, raster, summed, spanned, count, cells } = wuqing.grid;
  const PAD = 2, EDGE = 16;

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

  const toEdge = ({ size }, { x, y, w, h }) =>
    Math.min(x - w / 2, size.w - x - w / 2, y - h / 2, size.h - y - h / 2);
  const inFrame = (land, b) => toEdge(land, b) >= 0;
  const atEdge = (land, b) => toEdge(land, b) < EDGE * land.unit;

  function* centres(land, of, step) {
    for (let row = of.r0; row <= of.r1; row += step) {
      for (let col = of.c0; col <= of.c1; col += step) {
        if (land.grid.owner[row * land.grid.cols + col] === of.index) {
          yield [(col + 0.5) * land.cell, (row + 0.5) * land.cell];
        }
      }
    }
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

  /* How much of a box the areas and the symbols take up: 0 where it covers neither. */
  function coverOf({ size, unit, areas, obstacles }) {
    const grid = raster(size, 3 * unit, areas), sums = summed(grid, (i) => grid.owner[i] >= 0);
    return (b) => count(grid, sums, b) / cells(grid, b) +
      obstacles.filter((other) => meet(b, other)).length;
  }

  wuqing.ground = { PAD, ground, coverOf, atEdge, centres, isFree, overlapping };
})();
