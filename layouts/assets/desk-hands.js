/* What a reader does with leaders' pages: clicks, forms, keys. Everything leads to an address. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const desk = (wuqing.desk = wuqing.desk || {});

  function clicked(event) {
    const { target } = event;
    if (event.defaultPrevented || event.button) return undefined;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
    if (target.closest("[data-print]")) return print();
    if (target.closest("[data-copy]")) return copy(target.closest("[data-copy]"));
    if (target.id === "desk-drawer") return desk.close();
    const closes = target.closest("[data-close]") && desk.drawer.isOpen();
    const link = target.closest("a[href], [data-href]");
    const address = link && (link.getAttribute("href") || link.dataset.href);
    const elsewhere = !link || link.hasAttribute("data-download") || /^(#|\/wall|\/account)/.test(address);
    if (elsewhere && !closes) return undefined;
    event.preventDefault();
    return closes ? desk.close() : desk.follow(address, link);
  }

  async function copy(button) {
    const text = button.dataset.copy === "here" ? location.href : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // there is no clipboard where the server speaks plain http
      const field = document.createElement("textarea");
      field.value = text;
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.classList.add("done");
  }

  function submitted(event) {
    const form = event.target;
    if (form.method === "post") return; // it writes: the browser sends it, and shows what comes back
    const query = new URLSearchParams(new FormData(form));
    const kept = new Set(Array.from(form.querySelectorAll("[type=hidden]"), (field) => field.name));
    for (const name of new Set(query.keys())) {
      if (kept.has(name)) continue; // an empty value of a filter means "without one"
      const values = query.getAll(name).filter((value) => value !== "");
      query.delete(name);
      values.forEach((value) => query.append(name, value));
    }
    event.preventDefault();
    desk.follow(`${form.getAttribute("action")}?${query}`.replace(/\?$/, ""), form);
  }

  function pressed(event) {
    if (desk.help.pressed(event)) return undefined;
    if (event.key === "Escape" && desk.drawer.isOpen()) return desk.close();
    desk.drawer.keep(event);
    if (desk.moved(event)) return undefined;
    const link = event.target.closest("[data-href]");
    if (link && event.key === "Enter") desk.follow(link.dataset.href, link);
    const fold = event.target.closest(".d-fold[open]");
    if (fold && event.key === "Escape") {
      fold.open = false;
      fold.querySelector("summary").focus();
    }
    return undefined;
  }

  desk.listen = () => {
    document.addEventListener("click", clicked);
    document.addEventListener("submit", submitted);
    document.addEventListener("keydown", pressed);
  };
})();
