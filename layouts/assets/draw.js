/* Draws what the server painted: components of a panel as elements, their texts as text.

   Dash's own renderer gives every element a store of its own and takes most of a second of a small
   machine for the wall's panels; this takes a few milliseconds (docs/decisions/005). It knows what
   panels use and refuses the rest, so a panel that needs more fails in the tests, not on a wall. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const SVG = "http://www.w3.org/2000/svg";
  const KINDS = {
    dash_html_components: new Set(
      ["B", "Div", "Em", "H2", "H3", "I", "P", "Small", "Span", "Time", "U"]),
    dash_svg: new Set(["Path", "Svg"]),
  };
  const ATTRIBUTES = /^(aria-[a-z]+|data-[a-z-]+|d|lang|preserveAspectRatio|role|title|viewBox)$/;

  function nodes(children) {
    if (children === null || children === undefined) return [];
    if (Array.isArray(children)) return children.flatMap(nodes);
    return [typeof children === "object" ? element(children) : String(children)];
  }

  function element({ namespace, type, props }) {
    if (!KINDS[namespace] || !KINDS[namespace].has(type)) throw new Error(`cannot draw ${type}`);
    const name = type.toLowerCase();
    const made = namespace === "dash_svg"
      ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [prop, value] of Object.entries(props)) {
      if (prop !== "children" && value !== null) set(made, prop, value);
    }
    made.append(...nodes(props.children));
    return made;
  }

  function set(made, prop, value) {
    if (prop === "className") made.setAttribute("class", value);
    else if (prop === "style") Object.assign(made.style, value);
    else if (ATTRIBUTES.test(prop)) made.setAttribute(prop, value);
    else throw new Error(`cannot draw ${prop}`);
  }

  /* Put `children` in the place of what `slot` shows; on an error it keeps that. */
  wuqing.draw = (slot, children) => slot.replaceChildren(...nodes(children));
})();
