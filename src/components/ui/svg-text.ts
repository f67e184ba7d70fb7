const WHITE = "#fff";
/** Height of a line of a legend, and width of a letter, in pixels. */
const [LINE, LETTER] = [20, 7];

/**
 * A drawing as the text of a stand-alone SVG file, on white, in the colours that the page has by day, whatever it has now.
 *
 * CSS variables and `currentColor` mean nothing outside the page, so presentation attributes that use them are replaced
 * by the colours that they stand for.
 * @param legend a key to the drawing (`legend.ts`), drawn below it
 */
export function svgText(svg: SVGSVGElement, legend?: HTMLElement): string {
  const view = svg.ownerDocument.defaultView!;
  return byDay([svg, ...(legend ? [legend] : [])], () => {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
    const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
    originals.forEach((original, index) => {
      const style = view.getComputedStyle(original);
      for (const name of ["fill", "stroke"]) {
        if (/var\(|currentcolor/i.test(original.getAttribute(name) ?? "")) {
          copies[index]!.setAttribute(name, style.getPropertyValue(name));
        }
      }
    });
    copy.removeAttribute("style");
    copy.setAttribute("color", view.getComputedStyle(svg).color);
    copy.setAttribute("font-family", "system-ui, sans-serif");
    if (legend) drawLegend(copy, legend);
    copy.prepend(svgNode(copy, "rect", {width: "100%", height: "100%", fill: WHITE}));
    return new view.XMLSerializer().serializeToString(copy);
  });
}

/** Runs something while elements have the variables of the light scheme. */
function byDay<T>(elements: readonly (SVGElement | HTMLElement)[], task: () => T): T {
  const {styleSheets} = elements[0]!.ownerDocument;
  const variables = new Map(Array.from(styleSheets).flatMap((sheet) => lightVariables(sheet.cssRules)));
  const before = elements.map((element) => element.getAttribute("style"));
  for (const {style} of elements) {
    for (const [name, value] of variables) style.setProperty(name, value);
    if (variables.has("--theme-foreground")) style.color = "var(--theme-foreground)";
  }
  try {
    return task();
  } finally {
    elements.forEach((element, index) => {
      element.style.cssText = before[index] ?? "";
      if (before[index] === null) element.removeAttribute("style");
    });
  }
}

/** The variables that a page has by day, in the order of the cascade. */
export function lightVariables(rules: CSSRuleList): [name: string, value: string][] {
  return Array.from(rules).flatMap((rule) => {
    const {media, cssRules, selectorText, style} = rule as CSSMediaRule & CSSStyleRule;
    if (media && !isByDay(media.mediaText)) return [];
    if (!selectorText) return cssRules ? lightVariables(cssRules) : [];
    if (!/^(:root|html)\b/.test(selectorText)) return [];
    return Array.from(style)
      .filter((name) => name.startsWith("--"))
      .map((name): [string, string] => [name, style.getPropertyValue(name).trim()]);
  });
}

/** @returns what gives the values of the page's CSS variables by day, others that they name filled in */
export function dayVariables(): (name: string) => string {
  const variables = new Map(Array.from(document.styleSheets).flatMap((sheet) => lightVariables(sheet.cssRules)));
  const resolve = (text: string): string =>
    text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => resolve(variables.get(name) ?? ""));
  return (name) => resolve(variables.get(name) ?? "");
}

/** Whether what holds under a medium holds on a screen by day. */
function isByDay(medium: string): boolean {
  return !/dark|forced-colors/.test(medium) && (!/print/.test(medium) || /light/.test(medium));
}

function svgNode(near: SVGElement, name: string, attributes: Record<string, string | number>): SVGElement {
  const node = near.ownerDocument.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/** Draws a key below a drawing, entry by entry, and makes the drawing higher by it. */
function drawLegend(svg: SVGSVGElement, legend: HTMLElement): void {
  const view = legend.ownerDocument.defaultView!;
  const [left = 0, top = 0, width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  let [x, y] = [left + 10, top + height + LINE / 2];
  for (const item of legend.querySelectorAll("li")) {
    const label = item.textContent ?? "";
    const space = 24 + label.length * LETTER;
    if (x > left + 10 && x + space > left + width) [x, y] = [left + 10, y + LINE];
    const mark = item.querySelector<HTMLElement>(".key");
    if (mark) {
      const colour = view.getComputedStyle(mark).getPropertyValue("--key").trim();
      const stroke = resolved(colour, mark, view);
      const {d, ...drawn} = markOf(mark, stroke);
      svg.append(svgNode(svg, "path", {d: `M${x} ${y}${d}`, stroke, ...drawn}));
    }
    const text = svgNode(svg, "text", {
      x: x + 18,
      y: y + 4,
      "font-size": 12,
      fill: svg.getAttribute("color") ?? "#000"
    });
    text.textContent = label;
    svg.append(text);
    x += space;
  }
  const higher = y + LINE - top - height;
  svg.setAttribute("viewBox", [left, top, width, height + higher].join(" "));
  const own = Number(svg.getAttribute("height"));
  if (own) svg.setAttribute("height", String(own + higher * (own / height)));
}

function markOf({classList}: HTMLElement, colour: string): {d: string} & Record<string, string | number> {
  const isDot = classList.contains("key-dot");
  if (isDot || classList.contains("key-ring")) {
    return {d: "m2 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", "stroke-width": 2, fill: isDot ? colour : "none"};
  }
  if (classList.contains("key-dashed")) return {d: "h12", "stroke-width": 2, "stroke-dasharray": "4 3"};
  return {d: "h12", "stroke-width": classList.contains("key-line") ? 2 : 12};
}

/** A colour that may be a variable, written out. */
function resolved(colour: string, near: HTMLElement, view: Window): string {
  const before = near.style.color;
  near.style.color = colour;
  const written = view.getComputedStyle(near).color;
  near.style.color = before;
  return written || colour;
}
