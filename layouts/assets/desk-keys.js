/* What the keyboard does on leaders' pages: up and down in lists, all four ways in the matrix. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = (wuqing.desk = wuqing.desk || {});

  const WAYS = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };

  const ROWS = ".d-cases tbody tr, .x-row"; // of a list, or behind a number

  function along(row, step) {
    const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    if (!next || !next.matches(ROWS)) return null;
    return next.querySelector("a") || along(next, step);
  }

  /* The next cell with a link in a direction; rows of the matrix have the same columns. */
  function across(cell, [right, down]) {
    const rows = [...cell.closest("table").querySelectorAll("tbody tr, tfoot tr")];
    let column = cell.cellIndex;
    let row = rows.indexOf(cell.parentElement);
    for (;;) {
      column += right;
      row += down;
      const next = rows[row] && rows[row].cells[column];
      if (!next) return null;
      if (next.querySelector("a")) return next.querySelector("a");
    }
  }

  /* Moves the focus; returns whether the key was one of ours. */
  desk.moved = (event) => {
    const way = WAYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return false;
    const cell = event.target.closest(".d-matrix td, .d-matrix th");
    const row = event.target.closest(ROWS);
    const next = cell ? across(cell, way) : row && way[1] ? along(row, way[1]) : null;
    if (!next) return false;
    event.preventDefault();
    next.focus();
    return true;
  };
})();
