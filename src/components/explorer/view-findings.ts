import {labels} from "../../data/shapes/cells.js";
import {element} from "../ui/element.js";
import {formatCount, formatPercent, plainNumber} from "../ui/format.js";
import type {Axis} from "./axes.js";

// The titles of the dataset page's views: what each shows of the cells that are left, in a sentence made of its own counts.

/** Counts of both labels, bin by bin: [parasitized, uninfected, parasitized, …]. */
export type LabelledCounts = ArrayLike<number>;

function totals(counts: LabelledCounts): [parasitized: number, uninfected: number] {
  const sums: [number, number] = [0, 0];
  for (let i = 0; i < counts.length; i++) sums[i % 2]! += counts[i]!;
  return sums;
}

/** Says so where the cells that are left have one label or none. */
function oneLabel(counts: LabelledCounts): string | undefined {
  const sums = totals(counts);
  const [some] = labels.filter((_, label) => sums[label]! > 0);
  if (sums[0] > 0 && sums[1] > 0) return undefined;
  return some ? `All that are left are ${some}` : "No cell is left";
}

/** The place on an axis, 0…1, at which one cut gives most cells their label, and the share that it gives it to. */
export function bestCut(counts: LabelledCounts): {place: number; right: number} {
  const [parasitized, uninfected] = totals(counts);
  const bins = counts.length / 2;
  let best = {place: 0, right: 0};
  let [below, belowUninfected] = [0, 0];
  for (let bin = 0; bin <= bins; bin++) {
    const upwards = parasitized - below + belowUninfected;
    const right = Math.max(upwards, parasitized + uninfected - upwards) / (parasitized + uninfected);
    if (right > best.right) best = {place: bin / bins, right};
    below += counts[2 * bin] ?? 0;
    belowUninfected += counts[2 * bin + 1] ?? 0;
  }
  return best;
}

/** Share of the cells by which a cut must beat the commoner label to be worth naming. */
const WORTH = 0.005;

/** How well one cut on a figure tells the labels of the cells apart. */
export function axisFinding({title, unit, value}: Pick<Axis, "title" | "unit" | "value">, counts: LabelledCounts) {
  const one = oneLabel(counts);
  if (one) return one;
  const sums = totals(counts);
  const {place, right} = bestCut(counts);
  const commoner = Math.max(...sums) / (sums[0] + sums[1]);
  if (right < commoner + WORTH) return `No cut on ${title.toLowerCase()} tells the labels apart`;
  return `A cut at ${plainNumber(value(place))}${unit} gets ${formatPercent(right)} of the labels right`;
}

/** How few patients give half of the parasitized cells; of the uninfected ones where no others are left. */
export function stripFinding(counts: LabelledCounts): string {
  const sums = totals(counts);
  const label = sums[0] > 0 ? 0 : 1;
  if (sums[label] === 0) return "No cell is left";
  const own = Array.from({length: counts.length / 2}, (_, patient) => counts[2 * patient + label]!)
    .filter((count) => count > 0)
    .sort((a, b) => b - a);
  if (own.length === 1) return `All ${labels[label]} cells that are left are one patient’s`;
  let [some, sum] = [0, 0];
  while (sum < sums[label] / 2) sum += own[some++]!;
  return `${formatCount(some)} of ${formatCount(own.length)} patients give half of the ${labels[label]} cells`;
}

/** The share of each label that the second reading disputes; by kind, a label plus 2 where it is disputed. */
export function kindsFinding(kinds: ArrayLike<number>): string {
  const shares = labels.flatMap((label, i) => {
    const all = kinds[i]! + kinds[i + 2]!;
    return all > 0 ? [`${formatPercent(kinds[i + 2]! / all)} of the ${label} labels`] : [];
  });
  if (shares.length === 0) return "No cell is left";
  return `${shares.join(" and ")} are disputed`;
}

/** How pure the map is. */
export function mapFinding(agreement: number | null): string {
  if (agreement === null) return "";
  return `${formatPercent(agreement)} of the cells lie next to one of the same label`;
}

/** The head of a view: its plain name, a remark beside it, and its finding as the title. */
export function viewHead(name: string, remark?: HTMLElement): {node: HTMLElement; say(finding: string): void} {
  const heading = element("h3", {class: "figure-finding"});
  const node = element("div", {class: "figure-head"}, element("p", {class: "figure-name"}, name, " ", remark), heading);
  return {
    node,
    say(finding) {
      if (heading.textContent !== finding) heading.textContent = finding;
    }
  };
}
