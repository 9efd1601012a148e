/* Hands what changed to the panels, and marks the figures that did. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});

  const UNDO_KEPT = 50;

  const $ = (id) => document.getElementById(id);

  /* Draw what changed; tells whether all of it could be drawn. */
  function paint(changes, wall) {
    let whole = true;
    for (const [id, children] of Object.entries(changes.panels)) {
      const panel = $(id);
      if (!panel) continue;
      const before = figures(panel).map((figure) => figure.textContent);
      whole = attempt(() => wuqing.draw(panel, children)) && whole;
      if (before.length) mark(panel, before);
    }
    if (changes.map && wuqing.map) whole = attempt(() => wuqing.map.update(changes.map)) && whole;
    wall.classList.remove("is-loading");
    paint.count += 1;
    trimUndo();
    return whole;
  }

  // a part that fails takes no other with it
  function attempt(part) {
    try {
      part();
      return true;
    } catch (error) {
      console.error(error);
      return false;
    }
  }

  const figures = (panel) => [...panel.querySelectorAll(".n > span:first-child, .c")];

  function mark(panel, before) {
    const after = figures(panel);
    if (after.length !== before.length) return;
    after.forEach((figure, place) => {
      if (figure.textContent === before[place]) return;
      figure.classList.add("is-changed");
      const still = () => figure.classList.remove("is-changed");
      figure.addEventListener("animationend", still, { once: true });
    });
  }

  // Dash keeps every change of a property for undo, for ever (plotly/dash#727)
  function trimUndo() {
    const stores = window.dash_stores || [];
    for (const store of stores) {
      const { history } = store.getState();
      if (history && history.past.length > UNDO_KEPT) history.past.length = 0;
    }
  }

  wuqing.paint = Object.assign(paint, { count: 0, attempt });
})();
