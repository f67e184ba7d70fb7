import {element} from "../ui/element.js";
import {findingRows} from "./finding-card.js";
import {pictureOf} from "./judge.js";

interface Interval {
  estimate: number;
  low: number;
  high: number;
}

/** Options of {@link doors}. */
export interface DoorsOptions {
  /** Cells of the data set, as addresses of pictures. */
  strip: readonly {image: string}[];
  /** A cell to try. */
  sample: {png: string} | undefined;
  headline: {sensitivity: Interval; specificity: Interval};
  /** Makes the address of a page out of its path from the site's root. */
  addressOf: (path: string) => string;
}

/** Three ways into the site, each a link with a picture of what is behind it: explore, judge, try. */
export function doors({strip, sample, headline, addressOf}: DoorsOptions): HTMLElement {
  const picture = (look: string, ...parts: Node[]) => element("div", {class: `door-picture ${look}`}, ...parts);
  const image = (src: string) => element("img", {src, alt: "", width: 44, height: 44});
  const door = (name: string, text: string, path: string, shown: HTMLElement) =>
    element("a", {class: "door", href: addressOf(path)}, shown, element("strong", name), element("span", text));
  const cells = picture("of-many", ...strip.slice(0, 12).map(({image: src}) => image(src)));
  const rates = findingRows(
    [
      {name: "finds", ...headline.sensitivity},
      {name: "clears", ...headline.specificity}
    ],
    [0.9, 1]
  );
  const one = picture("of-one", ...(sample ? [image(pictureOf(sample))] : []));
  return element(
    "div",
    {class: "doors"},
    door("Try", "Your own cell, or one of ours: the answer in a second, on your device", "/pages/classify", one),
    door("Explore", "Every cell, by label, patient, colour and likeness", "/pages/dataset", cells),
    door(
      "Judge",
      "What it gets right and wrong on patients it never met",
      "/pages/evaluation",
      picture("of-rows", rates)
    )
  );
}
