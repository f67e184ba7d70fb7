/**
 * Attributes of an {@link element}: `true` sets an empty attribute, `false`, `null` and `undefined` set none; a function
 * under a name such as `onclick` listens to that event.
 */
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

/** What goes into an {@link element}: attributes, a node, or text; `false`, `null` and `undefined` add nothing. */
export type Part = Attributes | Node | string | false | null | undefined;

/** Makes an HTML element of the page from attributes and children; strings become text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, ...parts: Part[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(name), parts);
}

/** Makes an SVG element of the page, as {@link element} does an HTML element. */
export function svgElement<K extends keyof SVGElementTagNameMap>(name: K, ...parts: Part[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), parts);
}

function fill<E extends Element>(node: E, parts: readonly Part[]): E {
  for (const part of parts) {
    if (part == null || part === false) continue;
    if (typeof part === "string" || part instanceof Node) node.append(part);
    else setAttributes(node, part);
  }
  return node;
}

/** Sets attributes of an element that is there, as {@link element} does. */
export function setAttributes(node: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value as EventListener);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, String(value));
  }
}
