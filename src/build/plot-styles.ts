import * as Plot from "@observablehq/plot";
import {JSDOM} from "jsdom";

/** The text of the style element that Plot puts into each of its charts, read from a chart of its own. */
export function plotStyles(): string[] {
  const {document} = new JSDOM("").window;
  const chart = Plot.plot({document, marks: [Plot.frame()]});
  return [...chart.querySelectorAll("style")].map(({textContent}) => textContent ?? "");
}
