/* Changes a page into a newer one in place: what did not change is not touched.

   Scroll, focus, typed text and what a reader has opened stay his. Children are matched by their
   key (`id` or `data-key`), else by position and name. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});

  const key = (node) => node.nodeType === 1 ? node.id || node.dataset.key || "" : "";
  const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName
    && key(one) === key(other);

  function children(parent, wanted) {
    const keyed = new Map([...parent.childNodes].filter(key).map((node) => [key(node), node]));
    let place = parent.firstChild;
    for (const want of wanted) {
      let have = key(want) ? keyed.get(key(want)) : place;
      if (have && !alike(have, want)) have = undefined;
      if (!have) {
        parent.insertBefore(want, place);
        continue;
      }
      if (have === place) place = place.nextSibling;
      else parent.insertBefore(have, place);
      change(have, want);
    }
    while (place) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
  }

  function change(have, want) {
    if (have.nodeType !== 1) {
      if (have.data !== want.data) have.data = want.data;
      return;
    }
    const own = have.nodeName === "DETAILS" ? ["open"] : [];
    if (have === document.activeElement) own.push("value");
    for (const { name } of [...have.attributes]) {
      if (!want.hasAttribute(name) && !own.includes(name)) have.removeAttribute(name);
    }
    for (const { name, value } of want.attributes) {
      if (have.getAttribute(name) !== value && !own.includes(name)) have.setAttribute(name, value);
    }
    children(have, [...want.childNodes]);
  }

  /* Make what `slot` shows the same as `tree` would be. */
  wuqing.patch = (slot, tree) => {
    const made = document.createDocumentFragment();
    made.append(...wuqing.nodes(tree));
    children(slot, [...made.childNodes]);
  };
})();
