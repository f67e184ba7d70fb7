import type {HealthyCells, Measured} from "../../data/shapes/smear.js";
import {formatCount, formatPercent} from "../ui/format.js";
import {countField, standing} from "./review.js";
import type {SmearField} from "./review.js";
import {
  ASSUMED_RED_CELLS,
  FEWEST_FIELDS,
  chanceOfNone,
  falseAlarms,
  lowestTold,
  mixedChances,
  parasitaemia,
  perMicrolitre,
  total
} from "./worth.js";
import type {Count, Parasitaemia} from "./worth.js";

/** What a smear comes to. */
export interface SmearNumbers {
  network: Count;
  reviewed: Count;
  /** Of the reviewed count. */
  share: Parasitaemia;
  /** Red cells that wait for an answer. */
  waiting: number;
  /** Places that a person marked or added. */
  marked: number;
  /** What else was found, by kind: "12 cut off by the edge". */
  others: string[];
  fields: number;
}

/** What else is found: one of it, and several. */
const OTHERS = {
  cut: ["cut off by the picture's edge", "cut off by the picture's edge"],
  clump: ["clump that cannot be parted", "clumps that cannot be parted"],
  white: ["white cell", "white cells"],
  platelet: ["platelet", "platelets"]
} as const;

/** Sums a smear up. */
export function numbersOf(fields: readonly SmearField[]): SmearNumbers {
  const known = summed.get(fields);
  if (known) return known;
  const numbers = sumUp(fields);
  summed.set(fields, numbers);
  return numbers;
}

/** A list of fields never changes: while others are read, many are not resampled anew with each step. */
const summed = new WeakMap<readonly SmearField[], SmearNumbers>();

function sumUp(fields: readonly SmearField[]): SmearNumbers {
  const counts = fields.map(countField);
  const sum = (part: (count: (typeof counts)[number]) => number) => counts.reduce((all, count) => all + part(count), 0);
  const reviewed = counts.map((count) => count.reviewed);
  return {
    network: total(counts.map(({network}) => network)),
    reviewed: total(reviewed),
    share: parasitaemia(reviewed),
    waiting: sum(({waiting}) => waiting),
    marked: sum(({marked}) => marked),
    others: (Object.keys(OTHERS) as (keyof typeof OTHERS)[]).flatMap((kind) => {
      const count = sum(({kinds}) => kinds[kind]);
      return count ? [`${formatCount(count)} ${OTHERS[kind][count === 1 ? 0 : 1]}`] : [];
    }),
    fields: fields.length
  };
}

/** A share's interval and what it rests on, in words. */
export function intervalText({share: {low, high, by}, fields}: SmearNumbers): string {
  if (Number.isNaN(low)) return "";
  const rests =
    by === "fields"
      ? `by resampling the ${fields} fields`
      : fields < FEWEST_FIELDS
        ? `by Wilson, as if cells were independent; with ${FEWEST_FIELDS} fields or more the fields are resampled`
        : "by Wilson, since all fields say the same share";
  return `95\u00a0% interval ${formatPercent(low)} to ${formatPercent(high)}, ${rests}.`;
}

/** The name of the network whose answers the count rests on; null before there is one. */
export function countingNetwork(fields: readonly SmearField[]): "student" | "resnet34" | null {
  const answers = new Set(fields.flatMap(({cells}) => cells.flatMap((cell) => standing(cell)?.network ?? [])));
  return answers.has("student") ? "student" : answers.has("resnet34") ? "resnet34" : null;
}

/** A laboratory's threshold, by which cells were called, and what is known of it. */
export interface ThresholdOf {
  title: string;
  measured: Readonly<Partial<Record<"student" | "resnet34", Measured>>>;
}

/**
 * What a smear's count is worth, in sentences; none before there is one.
 * @param measured of each network at its own threshold
 * @param own the visitor's laboratory, where one is kept
 */
export function worthOf(
  fields: readonly SmearField[],
  measured: ThresholdOf["measured"],
  own: ThresholdOf | null = null
): string[] {
  const numbers = numbersOf(fields);
  const network = countingNetwork(fields);
  if (!network || numbers.waiting) return [];
  const [title, ...further] = thresholdsOf(fields, network);
  if (further.length)
    return ["The fields were called at different thresholds: see each field's, and count them apart."];
  const known = title === "" ? measured[network] : own?.title === title ? own?.measured[network] : undefined;
  return known ? worthSentences(numbers, known) : [];
}

/** The laboratories at whose thresholds a network called cells, each once; "" stands for the model's own. */
function thresholdsOf(fields: readonly SmearField[], name: "student" | "resnet34"): string[] {
  return [...new Set(fields.flatMap(({networks}) => (networks[name] ? [networks[name].laboratory ?? ""] : [])))];
}

/** Logits from which on a field's own threshold is spoken of. */
const RAISED = 0.25;

/** In how many fields the cells themselves raised the threshold, in words; nothing where in none. */
function raisedText(fields: readonly SmearField[]): string {
  const by = countingNetwork(fields);
  const count = fields.filter(({networks}) => by && (networks[by]?.offset ?? 0) < -RAISED).length;
  if (count === 0) return "";
  const [which, whose] =
    fields.length === 1
      ? ["this field", "its"]
      : [`${formatCount(count)} of ${formatCount(fields.length)} fields`, "their"];
  return `Most cells of ${which} score higher than the data set's healthy ones do, so ${whose} threshold was raised.`;
}

/** At whose thresholds cells were called, in words; nothing where all are the models' own. */
export function thresholdText(fields: readonly SmearField[]): string {
  return [laboratoryText(fields), raisedText(fields)].filter(Boolean).join(" ");
}

function laboratoryText(fields: readonly SmearField[]): string {
  const titles = new Set((["student", "resnet34"] as const).flatMap((name) => thresholdsOf(fields, name)));
  const some = [...titles].filter(Boolean);
  if (some.length === 0) return "";
  const rest = titles.has("") ? ", the rest at the model's own" : "";
  return `Called at the threshold of: ${some.join("; ")}${rest}.`;
}

/**
 * What the networks' count is worth, in sentences: the false alarms to expect, whether the count could be nothing else,
 * and what so many cells can tell.
 * @param measured of the network that counted
 */
export function worthSentences({network: {cells, infected}}: SmearNumbers, measured: Measured): string[] {
  const {healthy, sensitivity} = measured;
  if (cells === 0 || healthy.length === 0) return [];
  const chances = mixedChances(cells, healthy);
  const {expected, low, high} = falseAlarms(chances);
  const sentences = [
    `${ratesText(healthy)}: of ${formatCount(cells)} without any parasite it would call about ${formatTenths(expected)} (${low} to ${high}).`
  ];
  const none = chanceOfNone(infected, chances);
  if (infected > 0) {
    sentences.push(
      none > 0.05
        ? `So its ${formatCount(infected)} of ${formatCount(cells)} could be none at all: false alarms alone make that many in ${formatPercent(none, 0)} of such smears. Look at each suspect.`
        : `Its ${formatCount(infected)} of ${formatCount(cells)} are more than false alarms explain: they alone make that many in ${none < 0.001 ? "fewer than 0.1\u00a0%" : formatPercent(none)} of such smears.`
    );
  }
  if (sensitivity === null) {
    sentences.push("How many parasites the network finds at this threshold was not measured.");
    return sentences;
  }
  const lowest = lowestTold(chances, sensitivity);
  sentences.push(
    lowest === null
      ? `${formatCount(cells)} cells are too few for the network to tell any parasitaemia from none. Add fields.`
      : `The lowest parasitaemia that the network's count of ${formatCount(cells)} cells tells from none is about ${formatPercent(lowest)}. A person's look at the suspects tells less; so do more fields, and a threshold of your own laboratory (Classify).`
  );
  return sentences;
}

/** What laboratories' healthy cells were called, from the least to the most. */
function ratesText(healthy: readonly HealthyCells[]): string {
  const count = formatCount(healthy.reduce((sum, {cells}) => sum + cells, 0));
  const sorted = healthy
    .map(({laboratory, cells, falseAlarms: called}) => ({laboratory, rate: called / cells}))
    .sort((a, b) => a.rate - b.rate);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  return healthy.length === 1
    ? `Of the ${count} healthy cells of ${least.laboratory} the network would call ${formatPercent(least.rate)} parasitized`
    : `Of ${count} healthy cells in fields of ${healthy.length} other laboratories the network called ${formatPercent(least.rate)} (${least.laboratory}) to ${formatPercent(most.rate)} (${most.laboratory}) parasitized`;
}

const formatTenths = (value: number) => (value < 9.95 ? value.toFixed(1) : formatCount(Math.round(value)));

/** Parasites a microlitre, with the assumption in words. @param redCells in a microlitre; by default what is assumed where nobody counted */
export function microlitreText({share}: SmearNumbers, redCells = ASSUMED_RED_CELLS): string {
  if (Number.isNaN(share.estimate)) return "";
  const {estimate, low, high} = perMicrolitre(share, redCells);
  const round = (value: number) => formatCount(Number(value.toPrecision(2)));
  const assumed =
    redCells === ASSUMED_RED_CELLS
      ? `if a microlitre holds ${formatCount(redCells)} red cells, which is assumed: in anaemia it is fewer`
      : `if a microlitre holds ${formatCount(redCells)} red cells, as you say`;
  return `About ${round(estimate)} infected red cells a microlitre (${round(low)} to ${round(high)}), ${assumed}.`;
}
