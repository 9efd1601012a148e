/* The leaders' pages: draws them, follows links without a full load, and keeps them fresh.

   A page is a function of its address. The first one came with the document; others are fetched
   from /desk/page. An explanation opens as a drawer over the page it was asked from. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = (wuqing.desk = { polls: 0, drawn: 0, fails: 0, state: "loading" });

  const EVERY_MS = 15000;
  const LONGEST_MS = 60000;
  const TIMEOUT_MS = 20000;
  const STALE_MS = 60000;
  const EXPLAINS = "/explain/";

  const $ = (id) => document.getElementById(id);
  const here = () => location.pathname + location.search;
  const isDrawer = (address) => address.startsWith(EXPLAINS);

  let shown = ""; // the address of the page below
  let page = null; // what the server said of it
  let etag = "";
  let build = "";
  let heardAt = Date.now();
  let timer = 0;
  let asker = null; // the number a drawer was opened from

  // -- asking ---------------------------------------------------------------------------------

  async function ask(address, tag) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const url = `/desk/page?at=${encodeURIComponent(address)}`;
      const answer = await fetch(url, { headers, cache: "no-store", signal: stop.signal });
      const newest = answer.headers.get("X-Build");
      if (build && newest && newest !== build) location.reload();
      build = newest || build;
      if (answer.status === 304) return { same: true };
      const found = await answer.json();
      return { found, tag: answer.headers.get("ETag") };
    } finally {
      clearTimeout(late);
    }
  }

  async function refresh() {
    clearTimeout(timer);
    if (!page || !page.live || document.hidden) return wait();
    const address = shown;
    desk.polls += 1;
    try {
      const { same, found, tag } = await ask(address, etag);
      if (address === shown) {
        desk.fails = 0;
        heardAt = Date.now();
        if (!same) take(address, found, tag, true);
      }
    } catch {
      desk.fails += 1;
    }
    say();
    wait();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(refresh, Math.min(EVERY_MS * 2 ** Math.min(desk.fails, 2), LONGEST_MS));
  }

  // -- showing --------------------------------------------------------------------------------

  function take(address, found, tag, patch) {
    const root = $("desk");
    if (patch) wuqing.patch(root, found.page);
    else wuqing.draw(root, found.page);
    if (!patch) choose(root);
    shown = address;
    page = found;
    etag = tag || "";
    document.title = found.title;
    desk.drawn += 1;
    say();
  }

  function choose(root) {
    for (const option of root.querySelectorAll("option[data-chosen]")) option.selected = true;
  }

  function say() {
    const lamp = $("desk-live");
    if (!lamp || !page) return;
    const stale = page.live && desk.fails > 0 && Date.now() - heardAt > STALE_MS;
    desk.state = !page.live ? "past" : stale ? "stale" : desk.fails ? "late" : "live";
    lamp.dataset.state = desk.state;
    const texts = $("desk").firstElementChild.dataset;
    const text = { past: texts.past, live: texts.live, late: texts.late, stale: texts.stale };
    $("desk-live-text").textContent = (text[desk.state] || "").replace("{t}", clock(page.as_of));
    $("desk").classList.toggle("is-stale", stale);
  }

  function clock(instant) {
    if (instant === null) return "";
    const zone = $("desk").firstElementChild.dataset.zone;
    const face = { timeZone: zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit",
      second: "2-digit" };
    return new Intl.DateTimeFormat("en-GB", face).format(instant);
  }

  // -- going ----------------------------------------------------------------------------------

  async function go(address, { push = true, top = true } = {}) {
    close({ push: false });
    if (push) history.pushState({ at: address }, "", address);
    document.documentElement.classList.add("is-going");
    try {
      const { found, tag } = await ask(address);
      if (here() !== address) return;
      desk.fails = 0;
      heardAt = Date.now();
      take(address, found, tag, false);
      if (top) scrollTo(0, 0);
    } catch {
      location.assign(address); // the browser says what is wrong
    } finally {
      document.documentElement.classList.remove("is-going");
    }
    wait();
  }

  // -- the drawer -----------------------------------------------------------------------------

  async function open(address, from, push = true) {
    const { found } = await ask(address);
    let drawer = $("desk-drawer");
    if (!drawer) {
      drawer = document.createElement("div");
      drawer.id = "desk-drawer";
      drawer.className = "d-scrim";
      const sheet = document.createElement("div");
      sheet.className = "d-sheet";
      sheet.setAttribute("role", "dialog");
      sheet.setAttribute("aria-modal", "true");
      sheet.tabIndex = -1;
      drawer.append(sheet);
      document.body.append(drawer);
      asker = from || null;
    }
    const sheet = drawer.firstElementChild;
    wuqing.draw(sheet, found.page);
    choose(sheet);
    sheet.setAttribute("aria-label", found.title);
    if (push) history.pushState({ at: address, over: shown }, "", address);
    document.documentElement.classList.add("has-drawer");
    sheet.focus();
    sheet.scrollTop = 0;
  }

  function close({ push = true } = {}) {
    const drawer = $("desk-drawer");
    if (!drawer) return;
    drawer.remove();
    document.documentElement.classList.remove("has-drawer");
    if (push) history.pushState({ at: shown }, "", shown);
    if (asker && asker.isConnected) asker.focus();
    asker = null;
  }

  function keepInside(event) {
    const sheet = $("desk-drawer") && $("desk-drawer").firstElementChild;
    if (!sheet || event.key !== "Tab") return;
    const stops = [...sheet.querySelectorAll("a[href], button, input, select, summary")];
    const first = stops[0] || sheet;
    const last = stops[stops.length - 1] || sheet;
    const now = document.activeElement;
    if (event.shiftKey && (now === first || now === sheet)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && now === last) {
      event.preventDefault();
      first.focus();
    }
  }

  // -- what a reader does ---------------------------------------------------------------------

  function follow(address, from) {
    if (isDrawer(address) && !isDrawer(shown)) {
      open(address, from).catch(() => location.assign(address));
    } else go(address);
  }

  function clicked(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const target = event.target;
    if (target.closest("[data-print]")) return print();
    if (target.closest("[data-close]") && $("desk-drawer")) {
      event.preventDefault();
      return close();
    }
    if (target.closest("[data-copy]")) return copy(target.closest("[data-copy]"));
    if (target.id === "desk-drawer") return close();
    const link = target.closest("a[href], [data-href]");
    if (!link || link.hasAttribute("data-download")) return undefined;
    const address = link.getAttribute("href") || link.dataset.href;
    if (address.startsWith("#") || address.startsWith("/wall")) return undefined;
    event.preventDefault();
    follow(address, link);
    return undefined;
  }

  function copy(button) {
    const text = button.dataset.copy === "here" ? location.href : button.dataset.copy;
    if (navigator.clipboard) navigator.clipboard.writeText(text);
    button.classList.add("done");
  }

  function submitted(event) {
    const form = event.target;
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (value === "") query.delete(name);
    event.preventDefault();
    const address = `${form.getAttribute("action")}?${query}`;
    follow(address.replace(/\?$/, ""), form);
  }

  function pressed(event) {
    if (event.key === "Escape" && $("desk-drawer")) return close();
    keepInside(event);
    const link = event.target.closest && event.target.closest("[data-href]");
    if (link && event.key === "Enter") return follow(link.dataset.href, link);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = step && event.target.closest && event.target.closest(".d-cases tr");
    const next = row && (step > 0 ? row.nextElementSibling : row.previousElementSibling);
    if (next && next.querySelector("a")) {
      event.preventDefault();
      next.querySelector("a").focus();
    }
    return undefined;
  }

  function popped() {
    const address = here();
    if (isDrawer(address) && history.state && history.state.over === shown) {
      open(address, null, false).catch(() => location.reload());
    } else if (address === shown) close({ push: false });
    else go(address, { push: false, top: false });
  }

  function start() {
    const first = $("desk-page");
    if (!first) return;
    history.replaceState({ at: here() }, "", here());
    take(here(), JSON.parse(first.textContent), "", false);
    first.remove();
    document.addEventListener("click", clicked);
    document.addEventListener("submit", submitted);
    document.addEventListener("keydown", pressed);
    document.addEventListener("visibilitychange", () => document.hidden || refresh());
    addEventListener("popstate", popped);
    wait();
  }

  desk.refresh = refresh;
  start();
})();
