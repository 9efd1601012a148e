/* Asks the server for a page of the desk. One answer each, and never without an end.

   An answer from another build than the one that made the document loads the document anew, once:
   two builds behind one address must not make a page loop. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = (wuqing.desk = wuqing.desk || {});

  const TIMEOUT_MS = 20000;
  const RELOAD_PAUSE_MS = 300000;

  function reloadedFor(build) {
    if (!desk.build || !build || build === desk.build) return false;
    const last = JSON.parse(sessionStorage.getItem("wuqing.reload") || "{}");
    if (last.build === build || Date.now() - (last.at || 0) < RELOAD_PAUSE_MS) return false;
    sessionStorage.setItem("wuqing.reload", JSON.stringify({ build, at: Date.now() }));
    location.reload();
    return true;
  }

  /* Resolves to { status, asOf, tag, found }; `found` is null where `tag` is still the newest.
     Rejects where there is no answer, or none of ours. `stop` is an AbortController. */
  desk.ask = async (address, { tag = "", stop = new AbortController() } = {}) => {
    const late = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      const answer = await fetch(`/desk/page?at=${encodeURIComponent(address)}`, {
        headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", signal: stop.signal,
      });
      if (answer.status === 401) {
        location.reload(); // the server leads to the sign-in form, and back here from there
        throw new Error("signed out");
      }
      if (reloadedFor(answer.headers.get("X-Build"))) throw new Error("another build");
      const asOf = Number(answer.headers.get("X-As-Of")) || null;
      const found = answer.status === 304 ? null : await answer.json();
      return { status: answer.status, asOf, found, tag: answer.headers.get("ETag") || tag };
    } finally {
      clearTimeout(late);
    }
  };
})();
