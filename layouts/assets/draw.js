/* Draws what the server painted: components as elements, their texts as text.

   Dash's own renderer gives every element a store of its own and takes most of a second of a small
   machine for the wall's panels; this takes a few milliseconds (docs/decisions/005). It knows what
   pages use and refuses the rest, so a page that needs more fails in the tests, not on a wall. */
(() => {
  "use strict";
  const wuqing = (window.wuqing = window.wuqing || {});
  const SVG = "http://www.w3.org/2000/svg";
  const KINDS = {
    dash_html_components: new Set([
      "A", "Abbr", "Article", "B", "Br", "Button", "Code", "Dd", "Details", "Div", "Dl", "Dt", "Em",
      "Footer", "Form", "H1", "H2", "H3", "H4", "Header", "I", "Label", "Li", "Main", "Nav", "Ol", "Option",
      "P", "Section", "Select", "Small", "Span", "Summary", "Table", "Tbody", "Td", "Tfoot", "Th",
      "Textarea", "Thead", "Time", "Tr", "U", "Ul"]),
    dash_svg: new Set(["Circle", "G", "Line", "Path", "Rect", "Svg", "Text"]),
    wuqing: new Set(["Input"]),
  };
  const ATTRIBUTES = new RegExp("^(" + [
    "aria-[a-z]+", "data-[a-z-]+", "d", "id", "lang", "preserveAspectRatio", "role", "title",
    "viewBox", "type", "name", "value", "selected", "placeholder", "checked", "method", "scope", "colSpan",
    "rowSpan", "rows", "multiple", "open", "dateTime", "min", "max", "required", "size", "htmlFor", "x", "y", "x1",
    "y1", "x2", "y2", "cx", "cy", "dx", "dy", "r", "rx", "width", "height",
  ].join("|") + ")$");
  const RENAMED = { className: "class", htmlFor: "for", textAnchor: "text-anchor",
    tabIndex: "tabindex", colSpan: "colspan", rowSpan: "rowspan", maxLength: "maxlength", dateTime: "datetime" };
  const INSIDE = /^(\/(?![/\\])|#)[^\t\r\n]*$/; // on this server, however a browser tidies it up

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
      if (prop !== "children" && value !== null && value !== false) set(made, prop, value);
    }
    made.append(...nodes(props.children));
    return made;
  }

  function set(made, prop, value) {
    if (prop === "style") Object.assign(made.style, value);
    else if (prop === "href" || prop === "action" || prop === "data-href") {
      if (!INSIDE.test(value)) throw new Error(`cannot draw a link to ${value}`);
      made.setAttribute(prop, value);
      if (prop === "data-href") made.setAttribute("tabindex", "0"); // SVG has no links of its own
    } else if (prop in RENAMED || ATTRIBUTES.test(prop)) {
      made.setAttribute(RENAMED[prop] || prop, value);
    } else throw new Error(`cannot draw ${prop}`);
  }

  /* Elements and texts of `children`, for those who put them in place themselves. */
  wuqing.nodes = nodes;

  /* Put `children` in the place of what `slot` shows; on an error it keeps that. */
  wuqing.draw = (slot, children) => slot.replaceChildren(...nodes(children));
})();
