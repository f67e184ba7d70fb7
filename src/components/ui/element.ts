/** Attributes of {@link element}: `true` sets an empty attribute, `false`, `null` and `undefined` set none. */
export type Attributes = Record<string, string | number | boolean | null | undefined>;

/**
 * Makes an element with attributes and children; strings become text, never markup.
 *
 * The owner document is passed in so that the same code runs in the browser and in jsdom.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  document: Document,
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, String(value));
  }
  node.append(...children);
  return node;
}
