import type {FoldThreshold, ScoreName} from "../../data/shapes/columns.js";
import {cellDetail} from "../gallery/cell-detail.js";
import type {Cells} from "../gallery/cells.js";
import {fileName} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {formatFigure} from "../ui/format.js";
import type {View} from "../ui/view.js";
import {readFeatures} from "./columns.js";
import type {Features} from "./columns.js";
import type {Current} from "./current.js";

/** Options of {@link detailView}. */
export interface DetailViewOptions {
  scores: Record<ScoreName, Float64Array>;
  thresholds: readonly FoldThreshold[];
  loadSheet: (sheet: number) => Promise<ImageBitmap>;
  pictures: PictureSource;
  /** Fetches `features.arrow`, when it is first needed. */
  fetchFeatures: () => Promise<ArrayBuffer>;
  open: (cell: number) => void;
  close: () => void;
}

/** The panel of the opened cell. */
export interface DetailView extends View<Pick<Current, "selection">> {
  focus(): void;
}

/** The panel of the opened cell: facts, scores, links to try it elsewhere, and the cells that the network finds alike. */
export function detailView(cells: Cells, {fetchFeatures, ...options}: DetailViewOptions): DetailView {
  const node = element("div", {class: "gallery-panel"});
  let opened = -1;
  let features: Promise<Features | null> | undefined;
  return {
    node,
    update({selection: {cell}}) {
      if (cell === opened) return;
      opened = cell;
      if (cell < 0) return node.replaceChildren();
      features ??= fetchFeatures().then(readFeatures);
      features.catch(() => (features = undefined));
      node.replaceChildren(detailOf(cells, cell, {...options, features}));
    },
    focus() {
      const {matches: isWide} = matchMedia("(min-width: 60rem)");
      node.querySelector<HTMLElement>("h3")?.focus({preventScroll: isWide});
    }
  };
}

function detailOf(
  cells: Cells,
  cell: number,
  {
    scores,
    thresholds,
    loadSheet,
    pictures,
    features,
    open,
    close
  }: Omit<DetailViewOptions, "fetchFeatures"> & {features: Promise<Features | null>}
): HTMLElement {
  const name = fileName(cells, cell);
  const score = (value: number) => (Number.isNaN(value) ? "not scored yet" : formatFigure(value, 4));
  const network = scores.network[cell]!;
  const fold = cells.fold[cell]!;
  const own = thresholds.find((point) => point.fold === fold);
  const facts = [
    [
      "Score of the network",
      Number.isNaN(network) || !own
        ? "not scored yet"
        : `${score(network)}: ${network >= own.threshold ? "parasitized" : "uninfected"} at the threshold ${formatFigure(own.threshold)} of fold ${fold}`
    ],
    ["Score of colour alone", score(scores.colour[cell]!)]
  ] as const;
  const link = (page: string, text: string) => element("a", {href: `./${page}?cell=${name}`}, text);
  const links = element("p", link("classify", "Classify this cell"), " · ", link("augmentation", "Augment it"));
  const alike = element("div", {"data-testid": "neighbours"}, "Looking for alike cells …");
  void Promise.all([features, import("./neighbours.js")]).then(
    ([found, {neighbours, neighbourRow}]) => {
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
  const nearest = element("div", element("h4", "Most similar cells, according to the network"), alike);
  return cellDetail(cells, cell, {loadSheet, close, facts, children: [links, nearest]});
}
