/* Keeps the wall alive: asks for what changed and hands it to the panels.

   Shown figures are never taken away. Whatever happens, it goes on asking: a beat every second sees
   to that, and asks at once when the machine slept or its clock was set. `wuqing.live` is for
   looking at. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const { facts, paint, speech } = wuqing;
  const live = (wuqing.live = { polls: 0, version: "", state: "loading" });

  const TIMEOUT_MS = 10000;
  const LONGEST_WAIT_MS = 7000; // back within 10 s of the server's return
  const SHORTEST_WAIT_MS = 1000;
  const OVERDUE_MS = 5000;
  const RELOAD_PAUSE_MS = 300000; // two builds behind one address must not make a page loop
  const UNDRAWN = 5; // so often in a row, and the page is loaded anew
  const LONG_STALE_MS = 3600000; // after that, a fresh page once the server answers
  const RENEWED_AT_MIN = 4 * 60; // once a night, over half an hour, so that walls do not all come
  const RENEWED_OVER_MS = 1800000;

  const $ = (id) => document.getElementById(id);
  let wall, everyMs, etag;
  let asking = null; // who waits for an answer
  let next = 0;
  let nextAt = 0;
  let brokenSince = 0;
  let renewAt = 0;
  let renewing = false;

  // -- asking ---------------------------------------------------------------------------------

  async function ask() {
    clearTimeout(next);
    if (asking) asking.abort();
    const mine = (asking = new AbortController());
    const timer = setTimeout(() => mine.abort(), TIMEOUT_MS);
    const asked = (facts.asking = performance.now());
    live.polls += 1;
    try {
      const answer = await fetch(`/live/wall?lang=${wall.lang}&have=${live.version}`, {
        headers: { "X-Wall": about(), ...(etag ? { "If-None-Match": etag } : {}) },
        cache: "no-store", redirect: "manual", signal: mine.signal,
      });
      const dark = answer.headers.get("X-Screen"); // this screen may show nothing any more
      if (dark) return location.replace(`${dark}?lang=${wall.lang}`);
      refuse(answer);
      const build = answer.headers.get("X-Build");
      if (build && build !== wall.dataset.build) renewFor(build);
      const news = answer.status === 200 ? await answer.json() : null;
      if (mine !== asking) return;
      if (news) draw(news);
      hear(answer.headers, asked);
    } catch (error) {
      if (mine === asking) fail(error);
    } finally {
      clearTimeout(timer);
      if (mine === asking) rest(asked);
    }
  }

  // an answer that is not what was asked for has a cause, and is not painted
  function refuse(answer) {
    const { status, headers } = answer;
    const no = (cause) => {
      throw new Error(status, { cause });
    };
    if (answer.type === "opaqueredirect") no("redirect");
    if (status === 401 || status === 403) no("auth");
    const wrong = status !== 200 && status !== 304;
    if (wrong) no(headers.has("X-Fault") ? "database" : "server");
    if (!headers.has("X-As-Of")) no("foreign");
  }

  // figures that could not be drawn are not on the screen, and their time is not that of the screen
  function draw(news) {
    if (!paint(news, wall)) throw new Error("", { cause: "draw" });
    live.version = news.version;
  }

  function fail(error) {
    const unread = error instanceof SyntaxError ? "foreign" : "network";
    const cause = error.cause || (error.name === "AbortError" ? "silent" : unread);
    facts.fail(cause, error.cause ? error.message : "");
    brokenSince = brokenSince || performance.now();
    if (cause === "draw" && facts.fails >= UNDRAWN) renewFor(cause);
  }

  function hear(headers, asked) {
    etag = headers.get("ETag");
    facts.hear(headers, asked);
    const long = brokenSince && performance.now() - brokenSince > LONG_STALE_MS;
    brokenSince = 0;
    renewAt = renewAt || tonight();
    if (long || facts.serverNow() > renewAt) renew("");
  }

  function rest(asked) {
    asking = null;
    facts.asking = 0;
    const took = performance.now() - asked;
    const pause = facts.fails ? Math.min(LONGEST_WAIT_MS, 1000 * 1.6 ** facts.fails)
      : Math.max(SHORTEST_WAIT_MS, everyMs - took);
    const wait = pause * (0.9 + 0.2 * Math.random());
    nextAt = performance.now() + wait;
    next = setTimeout(ask, wait);
    paint.attempt(show);
  }

  // what the list of screens shows of this one: build, seconds, MB
  function about() {
    const age = facts.asOf === null ? "" : Math.round(facts.ageMs() / 1000);
    const memory = performance.memory; // Chromium alone tells it
    const heap = memory ? Math.round(memory.usedJSHeapSize / 1e6) : "";
    return [wall.dataset.build, age, heap].join();
  }

  function beat() {
    const now = performance.now();
    const overdue = asking ? now - facts.asking > TIMEOUT_MS + OVERDUE_MS : now > nextAt + OVERDUE_MS;
    if (facts.jumped() || overdue) ask();
    else paint.attempt(show);
  }

  function show() {
    live.state = speech.show();
  }

  // -- a fresh page ---------------------------------------------------------------------------

  // once for each reason: a build, or a page that cannot draw what it is sent
  function renewFor(reason) {
    const last = JSON.parse(sessionStorage.getItem("wuqing.reload") || "{}");
    if (last.reason === reason || Date.now() - (last.at || 0) < RELOAD_PAUSE_MS) return;
    renew(reason);
  }

  // never into an error page: it would have no script to come back with
  async function renew(reason) {
    if (renewing) return;
    renewing = true;
    try {
      const look = { cache: "no-store", redirect: "manual" };
      const looked = await Promise.all([fetch("/readyz", look), fetch(location.href, look)]);
      if (!looked.every((answer) => answer.ok)) return;
      const entry = JSON.stringify({ reason, at: Date.now() });
      if (reason) sessionStorage.setItem("wuqing.reload", entry);
      location.reload();
    } catch {
      // it is asked again with the next answer
    } finally {
      renewing = false;
    }
  }

  function tonight() {
    const face = { timeZone: wall.dataset.zone, hourCycle: "h23", hour: "numeric", minute: "numeric" };
    const now = facts.serverNow();
    const hands = new Intl.DateTimeFormat("en-GB", face).format(now).split(":").map(Number);
    let minutes = (RENEWED_AT_MIN - 60 * hands[0] - hands[1] + 1440) % 1440;
    if (minutes < 60) minutes += 1440; // it is fresh
    return now + 60000 * minutes + RENEWED_OVER_MS * Math.random();
  }

  // -- starting: Dash draws the page first ----------------------------------------------------

  function start() {
    const root = $("wall");
    if (!root || !window.dash_clientside || !window.dash_clientside.set_props) return false;
    wall = root;
    everyMs = 1000 * root.dataset.everyS;
    facts.read(root.dataset);
    speech.read(root);
    ask();
    setInterval(beat, 1000);
    return true;
  }

  if (document.documentElement.classList.contains("wall")) {
    const look = () => start() || setTimeout(look, 50);
    look();
  }
})();
