/* Keeps the wall alive: asks for what changed, hands it to the panels, and says how old it is.

   Shown figures are never taken away. The server's clock counts, not this machine's: every answer
   carries the server's instant and that of the figures. `wuqing.live` is for looking at. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const live = (wuqing.live = {
    polls: 0, paints: 0, fails: 0, okAt: 0, version: "", state: "loading",
  });

  const TIMEOUT_MS = 5000;
  const LONGEST_WAIT_MS = 7000; // back within 10 s of the server's return
  const BACK_MS = 10000;
  const RELOAD_PAUSE_MS = 300000; // two builds behind one address must not make a page loop
  const LONG_STALE_MS = 3600000; // after that, a fresh page once the server answers
  const UNDO_KEPT = 50;

  const $ = (id) => document.getElementById(id);
  let wall, texts, everyMs, lateMs, staleMs, clockFace, timeFace, etag;
  let serverAhead = null; // server's clock minus performance.now(), ms
  let asOf = null;
  let heardAt = 0;
  let brokenSince = 0;
  let backUntil = 0;

  const serverNow = () => performance.now() + serverAhead;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function read(root) {
    const data = root.dataset;
    wall = root;
    texts = JSON.parse(data.texts);
    everyMs = 1000 * data.everyS;
    // a board is up to one tick old when it comes, and shown for one more
    lateMs = 2.3 * everyMs + 1000;
    staleMs = Math.max(1000 * data.staleAfterS, lateMs + 2000);
    const face = { timeZone: data.zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" };
    clockFace = new Intl.DateTimeFormat("en-GB", face);
    timeFace = new Intl.DateTimeFormat("en-GB", { ...face, second: "2-digit" });
  }

  // -- asking ---------------------------------------------------------------------------------

  async function poll() {
    const gone = new AbortController();
    const timer = setTimeout(() => gone.abort(), TIMEOUT_MS);
    live.polls += 1;
    try {
      const address = `/live/wall?lang=${wall.lang}&have=${live.version}`;
      const headers = { "X-Wall": about(), ...(etag ? { "If-None-Match": etag } : {}) };
      const answer = await fetch(address, { headers, cache: "no-store", signal: gone.signal });
      const dark = answer.headers.get("X-Screen"); // this screen may show nothing any more
      if (dark) return location.replace(`${dark}?lang=${wall.lang}`);
      const build = answer.headers.get("X-Build");
      if (build && reloadedFor(build)) return;
      if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
      if (answer.status === 200) paint(await answer.json());
      etag = answer.headers.get("ETag");
      hear(answer.headers);
    } catch {
      live.fails += 1;
      brokenSince = brokenSince || performance.now();
    } finally {
      clearTimeout(timer);
      show();
      setTimeout(poll, wait());
    }
  }

  // what the list of screens shows of this one: build, seconds, MB
  function about() {
    const age = asOf === null ? "" : Math.max(0, Math.round((serverNow() - asOf) / 1000));
    const memory = performance.memory; // Chromium alone tells it
    const heap = memory ? Math.round(memory.usedJSHeapSize / 1e6) : "";
    return [wall.dataset.build, age, heap].join();
  }

  function hear(headers) {
    if (brokenSince && performance.now() - brokenSince > LONG_STALE_MS) location.reload();
    serverAhead = Number(headers.get("X-Now")) - performance.now();
    asOf = Number(headers.get("X-As-Of"));
    heardAt = performance.now();
    live.okAt = Date.now();
    live.fails = 0;
    brokenSince = 0;
  }

  function wait() {
    const pause = live.fails
      ? Math.min(LONGEST_WAIT_MS, 1000 * 1.6 ** live.fails)
      : everyMs;
    return pause * (0.9 + 0.2 * Math.random());
  }

  function reloadedFor(build) {
    if (build === wall.dataset.build) return false;
    const last = JSON.parse(sessionStorage.getItem("wuqing.reload") || "{}");
    if (last.build === build || Date.now() - (last.at || 0) < RELOAD_PAUSE_MS) return false;
    sessionStorage.setItem("wuqing.reload", JSON.stringify({ build, at: Date.now() }));
    location.reload();
    return true;
  }

  // -- painting -------------------------------------------------------------------------------

  function paint(changes) {
    for (const [id, children] of Object.entries(changes.panels)) {
      const panel = $(id);
      if (!panel) continue;
      const before = figures(panel).map((figure) => figure.textContent);
      attempt(() => wuqing.draw(panel, children));
      if (before.length) mark(panel, before);
    }
    if (changes.map && wuqing.map) attempt(() => wuqing.map.update(changes.map));
    wall.classList.remove("is-loading");
    live.version = changes.version;
    live.paints += 1;
    trimUndo();
  }

  // a part that fails must not pass for a lost connection
  function attempt(part) {
    try {
      part();
    } catch (error) {
      console.error(error);
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

  // -- saying how old it is -------------------------------------------------------------------

  function stateNow() {
    if (asOf === null) return live.fails > 1 ? "broken" : "loading";
    const silent = performance.now() - heardAt > lateMs;
    if (live.fails > 1 || (live.fails && silent)) return "broken";
    const age = serverNow() - asOf;
    if (age > staleMs) return "stale";
    return age > lateMs ? "late" : "live";
  }

  function show() {
    const state = stateNow();
    const unwell = state === "stale" || state === "broken";
    if (live.state === "stale" || live.state === "broken") {
      if (!unwell && state !== "loading") backUntil = performance.now() + BACK_MS;
    }
    live.state = state;
    const back = !unwell && performance.now() < backUntil;
    document.body.classList.toggle("is-stale", unwell);
    document.body.classList.toggle("is-back", back);
    $("wall-live").dataset.state = state;
    say($("wall-live").querySelector("span"), headline(state));
    banner(unwell, back);
    tick();
  }

  function headline(state) {
    if (state === "broken") return fill(texts.lost, { n: live.fails });
    if (state === "loading") return texts.loading;
    return fill(state === "live" ? texts.ok : texts.as_of, { t: timeFace.format(asOf) });
  }

  function banner(unwell, back) {
    const [cause, effect, doing] = $("wall-stale").querySelectorAll("b, .el, .r");
    doing.hidden = back;
    if (back) {
      say(cause, texts.back);
      say(effect, "");
    } else if (unwell && asOf === null) {
      say(cause, headline("broken"));
    } else if (unwell) {
      const t = timeFace.format(asOf);
      const minutes = Math.max(1, Math.floor((serverNow() - asOf) / 60000));
      say(cause, fill(texts.stale_cause, { n: minutes }));
      say(effect, fill(texts.stale_effect, { t }));
      document.body.style.setProperty("--as-of", JSON.stringify(fill(texts.as_of, { t })));
    }
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tick() {
    if (serverAhead === null) return;
    const time = clockFace.format(serverNow());
    say($("wall-clock"), time);
    const { nightFrom: from, nightUntil: until } = wall.dataset;
    const night = from <= until ? from <= time && time < until : from <= time || time < until;
    document.documentElement.dataset.theme = night ? "night" : "dark";
  }

  // -- starting: Dash draws the page first ----------------------------------------------------

  function start() {
    const root = $("wall");
    if (!root || !window.dash_clientside || !window.dash_clientside.set_props) return false;
    read(root);
    poll();
    setInterval(show, 1000);
    return true;
  }

  if (document.documentElement.classList.contains("wall")) {
    const look = () => start() || setTimeout(look, 50);
    look();
  }
})();
