import type {ScoreName} from "../../data/shapes/columns.js";
import {cellDetail} from "../gallery/cell-detail.js";
import {fileName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/thumbnails.js";
import {element} from "../ui/element.js";
import {formatFigure} from "../ui/format.js";
import type {Features} from "./embedding.js";
import {neighbourRow} from "./neighbour-row.js";
import {neighbours} from "./neighbours.js";

/** Options of {@link explorerDetail}. */
export interface ExplorerDetailOptions {
  scores: Record<ScoreName, Float64Array>;
  threshold: number;
  loadSheet: (sheet: number) => Promise<ImageBitmap>;
  pictures: PictureSource;
  features: () => Promise<Features | null>;
  open: (cell: number) => void;
  close: () => void;
}

/** The panel of an opened cell: facts, scores, links to try it elsewhere, and the cells that the network finds alike. */
export function explorerDetail(
  cells: Cells,
  cell: number,
  {scores, threshold, loadSheet, pictures, features, open, close}: ExplorerDetailOptions
): HTMLElement {
  const name = fileName(cells, cell);
  const score = (value: number) => (Number.isNaN(value) ? "not scored yet" : formatFigure(value, 4));
  const network = scores.network[cell]!;
  const answer = network >= threshold ? "parasitized" : "uninfected";
  const facts = [
    [
      "Score of the network",
      Number.isNaN(network)
        ? "not scored yet"
        : `${score(network)}: ${answer} at the threshold ${formatFigure(threshold)}`
    ],
    ["Score of colour alone", score(scores.colour[cell]!)]
  ] as const;
  const link = (page: string, text: string) => element("a", {href: `./${page}?cell=${name}`}, text);
  const links = element("p", ...[link("classify", "Classify this cell"), " · ", link("augmentation", "Augment it")]);
  const alike = element("div", {"data-testid": "neighbours"}, "Looking for alike cells …");
  void features().then(
    (found) => {
      const near = found ? neighbours(found, cell) : [];
      if (near.length > 0) alike.replaceChildren(neighbourRow(cells, near, {pictures, open}));
      else
        alike.textContent = found
          ? "Not known for this cell: its fold has no features yet."
          : "Not known yet: the network's features are not made.";
    },
    (error: Error) =>
      (alike.textContent = `The features did not load (${error.message}). Open the cell again to retry.`)
  );
  const nearest = element("div", element("h4", "Alike, to the network"), alike);
  return cellDetail(cells, cell, {loadSheet, close, facts, children: [links, nearest]});
}
