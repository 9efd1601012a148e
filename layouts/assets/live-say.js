/* Says how old the wall is, and why: head line, banner, the three facts at the foot, the clock. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const { facts } = wuqing;

  const BACK_MS = 10000;
  const UNITS = [["d", 86400], ["h", 3600], ["m", 60], ["s", 1]];

  const $ = (id) => document.getElementById(id);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const speech = (wuqing.speech = {});
  let wall, texts, clockFace, timeFace, dateFace;
  let wasUnwell = false;
  let backUntil = 0;

  speech.read = (root) => {
    wall = root;
    texts = JSON.parse(root.dataset.texts);
    const zone = { timeZone: root.dataset.zone };
    const face = { ...zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" };
    clockFace = new Intl.DateTimeFormat("en-GB", face);
    timeFace = new Intl.DateTimeFormat("en-GB", { ...face, second: "2-digit" });
    dateFace = new Intl.DateTimeFormat(root.lang, { ...zone, month: "long", day: "numeric" });
  };

  /* Show the state there is now; returns its name. */
  speech.show = () => {
    const state = facts.state();
    const unwell = state === "stale" || state === "broken";
    if (!unwell && state === "live" && wasUnwell) backUntil = performance.now() + BACK_MS;
    wasUnwell = unwell || (wasUnwell && state !== "live");
    const back = state === "live" && performance.now() < backUntil;
    const old = facts.ofAnotherDay();
    const { classList } = document.body;
    classList.toggle("is-stale", unwell);
    classList.toggle("is-late", state === "late");
    classList.toggle("is-back", back);
    classList.toggle("is-of-another-day", old);
    if (unwell || state === "late") aged();
    headline(state);
    banner(unwell, back);
    if (facts.known()) strip(state);
    tick(old);
    return state;
  };

  const cause = () => fill(texts[`cause_${facts.why()}`], { n: facts.status });
  const time = (instant) =>
    facts.ofAnotherDay() ? `${dateFace.format(instant)} ${clockFace.format(instant)}`
      : timeFace.format(instant);

  // under which time the panels' own figures stand, said by each of them
  function aged() {
    const text = facts.asOf === null ? "" : fill(texts.as_of, { t: time(facts.asOf) });
    document.body.style.setProperty("--as-of", JSON.stringify(text));
  }

  function headline(state) {
    const mark = $("wall-live");
    mark.dataset.state = state;
    mark.dataset.cause = state === "live" || state === "loading" ? "" : facts.why();
    mark.dataset.feeds = document.querySelector("#wall-feeds .wrong") ? "wrong" : "";
    say(mark.querySelector("span"), head(state));
  }

  function head(state) {
    if (state === "loading") return texts.loading;
    if (state === "live") return fill(texts.ok, { t: timeFace.format(facts.asOf) });
    if (state === "broken" && facts.fails) {
      return fill(texts.lost, { c: cause(), n: facts.fails });
    }
    if (facts.asOf === null) return cause();
    return `${fill(texts.as_of, { t: time(facts.asOf) })} · ${cause()}`;
  }

  function banner(unwell, back) {
    const [why, effect, doing] = $("wall-stale").querySelectorAll("b, .el, .r");
    doing.hidden = back || !facts.fails;
    if (back) {
      say(why, texts.back);
      say(effect, "");
    } else if (unwell && facts.asOf === null) {
      say(why, cause());
      say(effect, "");
    } else if (unwell) {
      say(why, fill(texts.stale_cause, { c: cause(), d: span(facts.ageMs()) }));
      say(effect, fill(texts.stale_effect, { t: time(facts.asOf) }));
    }
  }

  // the screen and its link, the board, and (painted by the server) the feeds behind it
  function strip(state) {
    const link = $("wall-fresh-link");
    const heard = facts.linkIsWell();
    link.dataset.state = heard ? "live" : "broken";
    const { fails } = facts;
    const values = { d: span(facts.silentMs()), n: fails };
    say(link.lastElementChild, fill(fails ? texts.link_lost : texts.link, values));
    const board = $("wall-fresh-board");
    board.dataset.state = state === "broken" ? "stale" : state;
    const age = { t: time(facts.asOf), d: span(facts.ageMs()) };
    say(board.lastElementChild, fill(texts.board, age));
  }

  /* Write the two largest units of a length of time, rounded down; seconds below a minute. */
  function span(ms) {
    const seconds = Math.floor(ms / 1000);
    let at = UNITS.findIndex(([, length]) => seconds >= length);
    if (at < 0) at = UNITS.length - 1;
    const [unit, length] = UNITS[at];
    const parts = [fill(texts[`unit_${unit}`], { n: Math.floor(seconds / length) })];
    if (at < 2) {
      const [next, part] = UNITS[at + 1];
      const rest = Math.floor((seconds % length) / part);
      if (rest) parts.push(fill(texts[`unit_${next}`], { n: rest }));
    }
    return parts.join(texts.joint);
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // beside yesterday's date the running clock would lie, so it then carries its own
  function tick(old) {
    if (!facts.known()) return;
    const now = facts.serverNow();
    const hands = clockFace.format(now);
    say($("wall-clock"), old ? `${dateFace.format(now)} ${hands}` : hands);
    const { nightFrom: from, nightUntil: until } = wall.dataset;
    const night = from <= until ? from <= hands && hands < until : from <= hands || hands < until;
    document.documentElement.dataset.theme = night ? "night" : "dark";
  }
})();
