/* A screen that may not show the wall: counts its code down, asks whether it may by now, and goes
   there by itself. It loads a page only after the server has answered. */
(() => {
  "use strict";
  const screenOf = document.getElementById("screen");
  if (!screenOf) return;

  const EVERY_MS = 3000; // with the wall's first paint well below 10 s
  const FULL_MS = 30000;
  const TIMEOUT_MS = 5000;
  const LONGEST_WAIT_MS = 7000;

  const data = screenOf.dataset;
  const $ = (id) => document.getElementById(id);
  const status = $("screen-status").textContent;
  const face = { timeZone: data.zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" };
  const clockFace = new Intl.DateTimeFormat("en-GB", face);
  let serverAhead = Number(data.now) - performance.now(); // server's clock, ms
  let fails = 0;

  const size = () => {
    const dense = window.devicePixelRatio || 1;
    return [screen.width * dense, screen.height * dense].map(Math.round);
  };

  async function poll() {
    const gone = new AbortController();
    const timer = setTimeout(() => gone.abort(), TIMEOUT_MS);
    try {
      const [width, height] = size();
      const body = new URLSearchParams({ width, height, shows: data.shows, lang: screenOf.lang });
      const answer = await fetch("/pair", { method: "POST", body, signal: gone.signal });
      if (!answer.ok) throw new Error(answer.status);
      const said = await answer.json();
      if (said.told === "go") return location.replace(data.go);
      if (said.told === "reload") return location.reload();
      hear(said);
    } catch {
      fails += 1;
    } finally {
      clearTimeout(timer);
    }
    say($("screen-status"), fails > 1 ? data.lost : status);
    const pause = fails ? Math.min(LONGEST_WAIT_MS, 1000 * 1.6 ** fails) : EVERY_MS;
    setTimeout(poll, pause * (0.9 + 0.2 * Math.random()));
  }

  function hear(said) {
    fails = 0;
    serverAhead = said.now - performance.now();
    say($("screen-day"), said.day);
    if (said.stopped && $("screen-stopped")) say($("screen-stopped"), said.stopped);
  }

  function tick() {
    const now = performance.now() + serverAhead;
    const time = clockFace.format(now);
    say($("screen-clock"), time);
    const { nightFrom: from, nightUntil: until } = data;
    const night = from <= until ? from <= time && time < until : from <= time || time < until;
    document.documentElement.dataset.theme = night ? "night" : "dark";
    if (!data.ends) return;
    const left = Math.max(0, data.ends - now);
    const seconds = Math.ceil(left / 1000);
    const values = { m: Math.floor(seconds / 60), s: seconds % 60 };
    say($("screen-left"), data.left.replace(/\{(\w)\}/g, (_, name) => values[name]));
    $("screen-bar").style.width = `${Math.min(100, (100 * left) / data.validMs)}%`;
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  if ($("screen-size")) $("screen-size").textContent = ` · ${size().join("×")}`;
  tick();
  setInterval(tick, 1000);
  setTimeout(poll, data.shows === "full" ? FULL_MS : EVERY_MS);
})();
