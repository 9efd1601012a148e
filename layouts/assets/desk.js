/* The leaders' pages: draws them, follows links without a full load, and keeps them fresh.

   A page is a function of its address. The first one came with the document; others are fetched.
   Shown figures are never taken away: what cannot be had is said, and asked for again. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = Object.assign((wuqing.desk = wuqing.desk || {}), {
    polls: 0, drawn: 0, fails: 0, state: "loading", shown: "", build: "",
  });

  const EVERY_MS = 15000;
  const LONGEST_MS = 60000;
  const STALE_MS = 60000;
  const NOTICE_MS = 8000;

  const $ = (id) => document.getElementById(id);
  const here = () => location.pathname + location.search;

  let page = null; // what the server said of the page shown
  let tag = "";
  let asOf = null;
  let movedAt = 0; // when the server's figures last became newer
  let timer = 0;
  let turn = 0; // of several pages asked for, the last one counts
  let polling = null;

  // -- keeping it fresh -----------------------------------------------------------------------

  async function refresh() {
    if (!page || !page.live || document.hidden || polling) return wait();
    const address = desk.shown;
    polling = new AbortController();
    desk.polls += 1;
    try {
      const answer = await desk.ask(address, { tag, stop: polling });
      if (address !== desk.shown) return undefined;
      if (answer.status >= 500) {
        tell(answer.found);
        throw new Error(answer.status);
      }
      heard(answer);
      if (answer.found) take(address, answer, true);
    } catch {
      if (address === desk.shown) desk.fails += 1;
    } finally {
      polling = null;
      say();
      wait();
    }
    return undefined;
  }

  function wait() {
    clearTimeout(timer);
    const pause = Math.min(EVERY_MS * 2 ** Math.min(desk.fails, 2), LONGEST_MS);
    timer = setTimeout(refresh, pause * (0.9 + 0.2 * Math.random()));
  }

  function heard(answer) {
    desk.fails = 0;
    if (answer.asOf !== asOf) movedAt = performance.now();
    asOf = answer.asOf;
  }

  // -- showing --------------------------------------------------------------------------------

  function take(address, answer, patch) {
    const root = $("desk");
    const focused = document.activeElement;
    if (patch) wuqing.patch(root, answer.found.page);
    else wuqing.draw(root, answer.found.page);
    if (patch && focused.isConnected && focused !== document.activeElement) {
      focused.focus({ preventScroll: true }); // a row that moved took its focus with it
    }
    desk.shown = address;
    page = answer.found;
    tag = answer.tag;
    document.title = page.title;
    const top = root.firstElementChild;
    if (top && top.lang) document.documentElement.lang = top.lang;
    desk.drawn += 1;
    say();
  }

  /* What the frame tells is told also where the page shown cannot be had anew. */
  function tell(found) {
    const made = document.createDocumentFragment();
    made.append(...wuqing.nodes(found.page));
    const late = made.querySelector("#desk-late");
    if (late) $("desk-late").replaceChildren(...late.childNodes);
  }

  function stateNow() {
    if (!page.live) return "past";
    if (performance.now() - movedAt > STALE_MS) return "stale";
    return desk.fails ? "late" : "live";
  }

  function say() {
    if (!page || !$("desk-live")) return;
    desk.state = stateNow();
    const texts = $("desk").firstElementChild.dataset;
    const n = Math.max(1, Math.floor((performance.now() - movedAt) / 60000));
    const fill = (text) => text.replace("{t}", clock(texts.zone)).replace("{n}", n);
    $("desk-live").dataset.state = desk.state;
    write("desk-live-text", fill(texts[desk.state]));
    write("desk-outdated", desk.state === "stale" ? fill(texts.outdated) : "");
    $("desk").classList.toggle("is-stale", desk.state === "stale");
  }

  function write(id, text) {
    if ($(id).textContent !== text) $(id).textContent = text;
  }

  function clock(zone) {
    if (asOf === null) return "";
    const face = { hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" };
    return new Intl.DateTimeFormat("en-GB", { ...face, timeZone: zone }).format(asOf);
  }

  function notice() {
    const text = $("desk").firstElementChild.dataset.unreached;
    const said = $("desk-notice") || document.createElement("div");
    said.id = "desk-notice";
    said.setAttribute("role", "alert");
    said.textContent = text;
    document.body.append(said);
    setTimeout(() => said.remove(), NOTICE_MS);
  }

  // -- going ----------------------------------------------------------------------------------

  /* The answer for an address, unless another was asked for meanwhile or there is none. */
  async function fetched(address) {
    const mine = ++turn;
    document.documentElement.classList.add("is-going");
    try {
      const answer = await desk.ask(address);
      return mine === turn ? answer : null;
    } catch {
      if (mine === turn) notice();
      return null;
    } finally {
      if (mine === turn) document.documentElement.classList.remove("is-going");
    }
  }

  async function go(address, { push = true, y = 0 } = {}) {
    const answer = await fetched(address);
    if (!answer) return false;
    if (polling) polling.abort();
    desk.drawer.hide();
    if (push) history.pushState({ y: 0 }, "", address);
    heard(answer);
    take(address, answer, false);
    scrollTo(0, y);
    const title = document.querySelector("#desk h1");
    if (title) {
      title.tabIndex = -1; // where reading begins
      title.focus({ preventScroll: true });
    }
    wait();
    return true;
  }

  async function open(address, from, push = true) {
    const answer = await fetched(address);
    if (!answer) return;
    if (answer.status !== 200) {
      location.assign(address);
      return;
    }
    if (push) {
      const { depth = 0 } = history.state || {};
      history.pushState({ base: desk.shown, depth: depth + 1 }, "", address);
    }
    desk.drawer.show(answer.found, from, address);
  }

  function close() {
    const { depth } = history.state || {};
    if (depth) history.go(-depth);
    else desk.drawer.hide();
  }

  function follow(address, from) {
    if (desk.drawer.is(address) && !desk.drawer.is(desk.shown)) open(address, from);
    else go(address);
  }

  async function popped() {
    const { base, y = 0 } = history.state || {};
    const address = here();
    if (base) {
      if (base === desk.shown || (await go(base, { push: false }))) open(address, null, false);
    } else if (address === desk.shown) {
      turn += 1;
      desk.drawer.hide();
    } else go(address, { push: false, y });
  }

  let scrolled = 0;
  function keepPlace() {
    clearTimeout(scrolled);
    scrolled = setTimeout(() => {
      if (!desk.drawer.isOpen()) history.replaceState({ ...history.state, y: scrollY }, "");
    }, 150);
  }

  Object.assign(desk, { refresh, follow, close });

  function start() {
    const first = $("desk-page");
    if (!first) return;
    history.scrollRestoration = "manual";
    const { y } = history.state || {};
    // what answers a form stands at a page's address: to load it again sends nothing again
    history.replaceState({ y: y || 0 }, "", first.dataset.address || location.href);
    desk.build = first.dataset.build;
    const found = JSON.parse(first.textContent);
    const answer = { found, tag: "", asOf: Number(first.dataset.asOf) || null };
    heard(answer);
    take(here(), answer, false);
    first.remove();
    const refused = $("refused"); // why a form was not kept, one step before the field
    if (refused) refused.focus();
    // the browser looked for the place before the page was drawn
    const place = y === undefined && $(location.hash.slice(1));
    if (refused) refused.scrollIntoView({ block: "center" });
    else if (place) place.scrollIntoView();
    else scrollTo(0, y || 0);
    desk.listen();
    document.addEventListener("visibilitychange", () => document.hidden || refresh());
    document.addEventListener("scroll", keepPlace, { passive: true });
    addEventListener("popstate", popped);
    setInterval(say, 1000);
    wait();
  }

  start();
})();
