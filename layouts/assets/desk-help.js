/* The keys there are, in a panel over the page: `?` opens it, and again or Escape closes it.

   The page holds the list in its language, hidden; a copy of it is shown. While it is open nothing
   else can be reached; closing it leads back to where the focus was. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = (wuqing.desk = wuqing.desk || {});
  const help = (desk.help = {});

  const $ = (id) => document.getElementById(id);
  const TYPED = "input, select, textarea";

  let before = null; // what had the focus

  help.isOpen = () => $("desk-help") !== null;

  /* The page, and the drawer over it. */
  function hold(held) {
    $("desk").inert = held || desk.drawer.isOpen();
    if (desk.drawer.isOpen()) $("desk-drawer").inert = held;
  }

  help.open = () => {
    if (help.isOpen() || !$("desk-keys")) return;
    before = document.activeElement;
    const sheet = $("desk-keys").cloneNode(true);
    sheet.removeAttribute("id");
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
    sheet.setAttribute("aria-label", sheet.querySelector("h2").textContent);
    sheet.tabIndex = -1;
    const scrim = document.createElement("div");
    scrim.id = "desk-help";
    scrim.className = "d-scrim";
    scrim.append(sheet);
    scrim.addEventListener("click", ({ target }) => {
      if (target === scrim || target.closest("button")) help.close();
    });
    document.body.append(scrim);
    hold(true);
    sheet.focus();
  };

  help.close = () => {
    if (!help.isOpen()) return;
    $("desk-help").remove();
    hold(false);
    if (before && before.isConnected) before.focus({ preventScroll: true });
    before = null;
  };

  /* Takes the key when it is `?`, or any key while the panel is open; returns whether it did. */
  help.pressed = (event) => {
    if (help.isOpen()) {
      if (event.key === "Escape" || event.key === "?") help.close();
      else if (event.key === "Tab") $("desk-help").querySelector("button").focus();
      else return true;
      event.preventDefault();
      return true;
    }
    const other = event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED);
    if (event.key !== "?" || other) return false;
    event.preventDefault();
    help.open();
    return true;
  };

  addEventListener("popstate", () => help.close());
})();
