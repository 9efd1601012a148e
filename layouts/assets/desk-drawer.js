/* The drawer: an explanation over the page it was asked from, with an address of its own.

   While it is open the page below cannot be reached; closing it goes back to the page's address
   and to the number that was asked about. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = (wuqing.desk = wuqing.desk || {});
  const drawer = (desk.drawer = {});

  const $ = (id) => document.getElementById(id);
  const STOPS = "a[href], button, input, select, summary, [tabindex='0']";

  let asker = null; // the number the drawer was opened from
  let asked = ""; // its address, for when it was drawn anew in the meantime

  drawer.is = (address) => address.startsWith("/explain/");
  drawer.isOpen = () => $("desk-drawer") !== null;
  drawer.sheet = () => $("desk-drawer") && $("desk-drawer").firstElementChild;

  /* The explanation within the tree of its page; the frame around it is for a direct visit. */
  function explanation(tree) {
    if (Array.isArray(tree)) return tree.map(explanation).find(Boolean);
    if (!tree || typeof tree !== "object") return undefined;
    return tree.props.className === "x" ? tree : explanation(tree.props.children);
  }

  function made() {
    const scrim = document.createElement("div");
    scrim.id = "desk-drawer";
    scrim.className = "d-scrim";
    const sheet = document.createElement("div");
    sheet.className = "d-sheet";
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
    sheet.tabIndex = -1;
    scrim.append(sheet);
    return scrim;
  }

  drawer.show = (found, from, address) => {
    const content = wuqing.nodes(explanation(found.page) || found.page);
    if (!drawer.isOpen()) {
      document.body.append(made());
      asker = from;
      asked = address;
      $("desk").inert = true;
      document.documentElement.classList.add("has-drawer");
    }
    const sheet = drawer.sheet();
    sheet.replaceChildren(...content);
    sheet.setAttribute("aria-label", found.title);
    sheet.scrollTop = 0;
    sheet.focus();
  };

  drawer.hide = () => {
    if (!drawer.isOpen()) return;
    $("desk-drawer").remove();
    $("desk").inert = false;
    document.documentElement.classList.remove("has-drawer");
    const again = [...$("desk").querySelectorAll("a[href], [data-href]")]
      .find((link) => (link.getAttribute("href") || link.dataset.href) === asked);
    const number = asker && asker.isConnected ? asker : again;
    if (number) number.focus({ preventScroll: true });
    asker = null;
  };

  /* Keeps the tabulator inside. */
  drawer.keep = (event) => {
    const sheet = drawer.sheet();
    if (!sheet || event.key !== "Tab") return;
    const stops = [...sheet.querySelectorAll(STOPS)].filter((stop) => stop.getClientRects().length);
    const first = stops[0] || sheet;
    const last = stops[stops.length - 1] || sheet;
    const now = document.activeElement;
    if (event.shiftKey ? now === first || now === sheet : now === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  };
})();
