/* What the wall knows of its own age: when the server was heard, how old the figures are, and why.

   The server's clock counts, not this machine's: every answer carries the server's instant and that
   of the figures. In between, whichever of this machine's two clocks ran further is believed: one
   stands still while a machine sleeps, the other may be set. Figures whose instant stands still grow
   old whatever the server's clock says, which may be put back. An age is never too small. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});

  const JUMP_MS = 10000; // clocks that part by so much: set, or asleep in between
  const SLOW_MS = 3000;
  const PATIENCE_MS = 2000;

  const facts = (wuqing.facts = { asOf: null, fails: 0, cause: "", status: 0, asking: 0 });
  let everyMs, lateMs, staleMs, dayFace;
  let serverAt = null; // the server's clock when it was last heard
  let heard = { own: 0, real: 0 };
  let looked = { own: 0, real: 0 };
  let movedAt = 0; // when the figures' instant last changed, by performance.now()
  let tookMs = 0;
  let fault = false;
  let everHeard = false;

  const clocks = () => ({ own: performance.now(), real: Date.now() });
  const dayOf = (instant) => dayFace.format(instant);

  facts.read = (data) => {
    everyMs = 1000 * data.everyS;
    // a board is up to one tick old when it comes, and shown for one more
    lateMs = 2.3 * everyMs + 1000;
    staleMs = Math.max(1000 * data.staleAfterS, lateMs + 2000);
    dayFace = new Intl.DateTimeFormat("en-CA", { timeZone: data.zone });
    looked = heard = clocks();
    movedAt = heard.own;
    if (data.asOf) serverAt = facts.asOf = Number(data.asOf); // the page came with figures
  };

  /* Milliseconds since the server was heard. */
  facts.silentMs = () => {
    const now = clocks();
    return Math.max(0, now.own - heard.own, now.real - heard.real);
  };

  facts.known = () => serverAt !== null;
  facts.serverNow = () => serverAt + facts.silentMs();
  facts.ageMs = () => Math.max(facts.serverNow() - facts.asOf, performance.now() - movedAt);
  facts.ofAnotherDay = () =>
    facts.asOf !== null && dayOf(facts.asOf) !== dayOf(facts.serverNow());

  /* Take what an answer says; `asked` is when it was asked for, by performance.now(). */
  facts.hear = (headers, asked) => {
    heard = clocks();
    everHeard = true;
    tookMs = heard.own - asked;
    // it was written some time in between; half of that is the best guess
    serverAt = Number(headers.get("X-Now")) + tookMs / 2;
    const asOf = Number(headers.get("X-As-Of"));
    if (asOf !== facts.asOf) movedAt = heard.own;
    facts.asOf = asOf;
    fault = headers.has("X-Fault");
    Object.assign(facts, { fails: 0, cause: "", status: 0 });
  };

  facts.fail = (cause, status) => {
    facts.fails += 1;
    Object.assign(facts, { cause, status });
  };

  /* Tell, once, that this machine slept or its clock was set since it was last asked. */
  facts.jumped = () => {
    const now = clocks();
    const own = now.own - looked.own;
    const parted = Math.abs(now.real - looked.real - own);
    looked = now;
    return own > JUMP_MS || parted > JUMP_MS;
  };

  const denied = () => facts.cause === "auth" || facts.cause === "redirect";
  const slow = () => tookMs > Math.max(everyMs, SLOW_MS);

  facts.state = () => {
    const { fails } = facts;
    if (!everHeard) return fails || facts.silentMs() > staleMs ? "broken" : "loading";
    if (denied() || fails > 1 || (fails && facts.silentMs() > lateMs)) return "broken";
    const age = facts.ageMs();
    if (age > staleMs) return "stale";
    return age > lateMs || fault || slow() || facts.ofAnotherDay() ? "late" : "live";
  };

  /* Name why the figures are not live. */
  facts.why = () => {
    if (facts.cause) return facts.cause;
    if (fault) return "database";
    if (slow()) return "slow"; // also while the next answer is waited for
    if (facts.asking && performance.now() - facts.asking > PATIENCE_MS) return "silent";
    return facts.ofAnotherDay() ? "day" : "still";
  };

  facts.linkIsWell = () => !facts.fails && facts.silentMs() <= lateMs;
})();
