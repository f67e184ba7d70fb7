import type {AnswerKind, MappedCell, MappedKind, SaliencyGallery} from "../../data/shapes/saliency.js";
import {element} from "../ui/element.js";
import {formatCount, formatPercent} from "../ui/format.js";

const titles: Record<AnswerKind, string> = {
  found: "Parasites found",
  missed: "Parasites missed",
  alarms: "False alarms",
  cleared: "Uninfected cells cleared"
};

const peaks: Record<MappedCell["peak"], string> = {
  on: "on the stain",
  beside: "beside the stain",
  away: "away from it",
  none: "no stain"
};

/** How many of the parasites that are found and missed have stained chromatin at all, by their colour. */
export function saliencyFinding({kinds}: Pick<SaliencyGallery, "kinds">): string {
  const [found, missed] = (["found", "missed"] as const).map((kind) => {
    const {cells, withStain} = kinds.find((one) => one.kind === kind)!;
    return withStain / cells;
  }) as [number, number];
  if (Number.isNaN(found + missed)) return "";
  return `${formatPercent(found, 0)} of the parasites it finds show stained chromatin, ${formatPercent(missed, 0)} of those it misses`;
}

/**
 * Cells that the shipped network answers rightly and wrongly, each above the map of what speaks for a parasite in it, and
 * how often the map's peak lies on stain; null where no maps were made.
 */
export function saliencyGallery(gallery: SaliencyGallery | null): HTMLElement | null {
  if (!gallery) return null;
  const {kinds, side, fold, seed} = gallery;
  return element(
    "figure",
    {class: "saliency", "data-testid": "saliency-gallery"},
    element(
      "div",
      {class: "figure-head"},
      element("p", {class: "figure-name"}, "Where the network looks"),
      element("h3", {class: "figure-finding"}, saliencyFinding(gallery))
    ),
    element("div", {class: "columns halves"}, ...kinds.map((kind) => kindView(kind, side))),
    element(
      "figcaption",
      `Above the cell, below it the map of what speaks for a parasite, on one scale: bright where the calibrated chance is high. Cells of fold ${fold}, whose patients this network never saw, drawn by seed ${seed}, not picked. “Stain” is what by its colour may be a parasite's chromatin. `,
      "A map is no evidence of reasoning: the ",
      element("a", {href: "./classify"}, "classify page"),
      " makes one of any cell, with a check against a network of random weights."
    )
  );
}

function kindView(kind: MappedKind, side: number): HTMLElement {
  const {withStain, onStain, cells, examples} = kind;
  const words = `${formatCount(withStain)} of ${formatCount(cells)} cells show stain; on ${formatCount(onStain)} of these the map peaks on it`;
  return element(
    "section",
    element("h4", titles[kind.kind]),
    element("p", {class: "muted"}, words),
    element("ul", {class: "cell-strip"}, ...examples.map((cell) => mappedCell(cell, kind.kind, side)))
  );
}

function mappedCell(
  {file, disputed, chance, peak, cell, map}: MappedCell,
  kind: AnswerKind,
  side: number
): HTMLElement {
  const picture = (data: string, alt: string) =>
    element("img", {
      src: `data:image/webp;base64,${data}`,
      alt,
      class: "cell",
      width: side,
      height: side,
      loading: "lazy"
    });
  const label = kind === "found" || kind === "missed" ? "parasitized" : "uninfected";
  const name = `${label === "parasitized" ? "A" : "An"} ${label} cell`;
  return element(
    "li",
    element(
      "a",
      {href: `./classify?cell=${file}`, "aria-label": `Classify ${file}`},
      picture(cell, name),
      picture(map, `The map over it: peak ${peaks[peak]}`)
    ),
    element("div", {class: "muted"}, `${formatPercent(chance, 0)}, ${peaks[peak]}${disputed ? ", label disputed" : ""}`)
  );
}
