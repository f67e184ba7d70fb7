import {element, svgElement} from "../ui/element.js";
import {formatPercent} from "../ui/format.js";

/** A finding as `findings.json` has it. */
export interface Finding {
  title: string;
  measure: string;
  rows: readonly {name: string; estimate: number; low: number | null; high: number | null}[];
  axis: readonly [from: number, to: number];
  path: string;
}

/**
 * A finding as a card: its title leads to the page that shows it whole, and its figure is a table whose shares are drawn
 * too, with their intervals, all rows on one axis.
 * @param addressOf makes the address of a page out of its path from the site's root
 */
export function findingCard(
  {title, measure, rows, axis, path}: Finding,
  addressOf: (path: string) => string
): HTMLElement {
  const [from, to] = axis;
  const ends = `${measure}, drawn from ${formatPercent(from, 0)} to ${formatPercent(to, 0)}`;
  return element(
    "article",
    {class: "card finding"},
    element("h3", element("a", {href: addressOf(path)}, title)),
    findingRows(rows, axis, ends)
  );
}

/** Shares as a table whose rows are drawn too, all on one axis. */
export function findingRows(rows: Finding["rows"], axis: Finding["axis"], caption?: string): HTMLTableElement {
  const lines = rows.map(({name, estimate, low, high}) =>
    element(
      "tr",
      element("th", {scope: "row"}, name),
      element("td", shareLine({estimate, low, high}, axis)),
      element("td", {class: "number"}, formatPercent(estimate))
    )
  );
  return element("table", {class: "share-rows"}, caption && element("caption", caption), element("tbody", ...lines));
}

/** A share on an axis: a line to it, its interval, and a dot. */
function shareLine(
  {estimate, low, high}: Pick<Finding["rows"][number], "estimate" | "low" | "high">,
  [from, to]: Finding["axis"]
): SVGSVGElement {
  const at = (share: number) => `${(100 * Math.min(1, Math.max(0, (share - from) / (to - from)))).toFixed(1)}%`;
  return svgElement(
    "svg",
    {class: "share-line", "aria-hidden": "true", height: 16, overflow: "visible"},
    svgElement("line", {class: "share-axis", x1: "0%", x2: "100%", y1: 8, y2: 8}),
    low !== null &&
      high !== null &&
      svgElement("line", {class: "share-interval", x1: at(low), x2: at(high), y1: 8, y2: 8}),
    svgElement("circle", {cx: at(estimate), cy: 8, r: 5})
  );
}
