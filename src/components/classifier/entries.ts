import {parseCellName} from "../../data/shapes/cells.js";
import type {ModelMetadata} from "../engine/metadata.js";
import {calibrate, verdict} from "../engine/verdict.js";
import type {RefusalCode} from "../image/refusal.js";
import {wilsonInterval} from "../metrics/comparison.js";
import type {Row} from "../ui/csv.js";
import type {Reading} from "./prepare-picture.js";
import type {Prediction} from "./protocol.js";

/** A network that gives answers. */
export interface Network {
  metadata: ModelMetadata;
  /** sha256 of its metadata.json, which lists that of every other file. */
  sha256: string | null;
}

/** What a network said of a cell. */
export interface Answer {
  network: Network;
  prediction: Prediction;
  /** Whose healthy cells placed the threshold, in words; without it the model's own rule did. */
  laboratory?: string;
}

/** One chosen file and what became of it; it waits while it has neither an answer that stands nor a refusal. */
export interface Entry {
  readonly file: File;
  /** Its place in the folder that was chosen or dropped, that folder's name first; its bare name without one. */
  readonly path: string;
  /** When it was chosen, in milliseconds since 1970: the same for all files of one choice. */
  readonly choice: number;
  /** The path such that plain order is that of people: cell_2 before cell_10. */
  readonly nameKey: string;
  /** The patient, where the name is the data set's (`C100P61ThinF_…_cell_162.png`). */
  readonly patient: string | null;
  /** Set once the visitor asked for the file to be read in another way. */
  reading?: Reading;
  /** What the quicker of two networks said, while the other's answer is awaited and after. */
  early?: Answer;
  /** The answer that stands. */
  answer?: Answer;
  refusal?: {code: RefusalCode | "cancelled"; message: string; sha256?: string | undefined};
}

/** What an entry is called: a class, too close to call, no answer, or not yet answered. */
export type Outcome = "positive" | "negative" | "uncertain" | "refused" | "waiting";

/** The orders in which entries can be listed. */
export type Order = "chosen" | "falling" | "rising" | "name";

/** Said wherever results leave the page. */
export const NOTICE = "Not a medical device. For research and teaching only: these figures cannot diagnose malaria.";

/** Starts an entry. What its name says is read once, since thousands are ordered and summed several times a second. */
export function createEntry(file: File, path = file.name, choice = 0): Entry {
  // Comparing by locale, which knows numbers too, takes too long for thousands.
  const nameKey = path.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(15, "0"));
  return {file, path, choice, nameKey, patient: parseCellName(file.name)?.patient ?? null};
}

const NO_PIXELS = new Uint8ClampedArray();

/** Lets the pixels of an answered cell go, which only a card needs. */
export function dropPixels({early, answer}: Entry): void {
  for (const said of [early, answer]) if (said) said.prediction.cell = NO_PIXELS;
}

/** Whether the pixels of an answered cell are there. */
export function hasPixels({answer}: Entry): boolean {
  return answer !== undefined && answer.prediction.cell.length > 0;
}

/** The sha256 of an entry's file, once it was read. */
function sha256Of({answer, refusal}: Entry): string | undefined {
  return answer?.prediction.sha256 ?? refusal?.sha256;
}

/** The part of its picture that was marked for an entry: corner and sides as shares, "0.25 0.1 0.2 0.2". */
function partOf({reading}: Entry): string | null {
  if (!reading?.part) return null;
  const {x, y, width, height} = reading.part;
  return [x, y, width, height].map((share) => Number(share.toFixed(4))).join(" ");
}

/** The entries whose files are byte for byte an earlier one's, each with that one: together they are one cell. */
export function repeatsOf(entries: readonly Entry[]): Map<Entry, Entry> {
  const first = new Map<string, Entry>();
  const repeats = new Map<Entry, Entry>();
  for (const entry of entries) {
    const sha256 = sha256Of(entry);
    if (sha256 === undefined) continue;
    // Parts that were marked on one picture are cells of their own.
    const key = `${sha256} ${partOf(entry) ?? ""}`;
    const earlier = first.get(key);
    if (earlier) repeats.set(entry, earlier);
    else first.set(key, entry);
  }
  return repeats;
}

/** Says what became of an entry. */
export function outcomeOf({answer, refusal}: Entry): Outcome {
  if (refusal) return "refused";
  if (!answer) return "waiting";
  const {metadata} = answer.network;
  const {label, uncertain} = verdict(answer.prediction.probability, metadata);
  if (uncertain) return "uncertain";
  return label === metadata.positive ? "positive" : "negative";
}

/** Lists entries in an order; those without a probability come last when probabilities order, ties stay as chosen. */
export function orderEntries(entries: readonly Entry[], order: Order): Entry[] {
  const list = [...entries];
  if (order === "chosen") return list;
  if (order === "name") return list.sort((a, b) => (a.nameKey < b.nameKey ? -1 : Number(a.nameKey > b.nameKey)));
  const sign = order === "falling" ? -1 : 1;
  const key = ({answer}: Entry) => (answer ? sign * answer.prediction.probability : Infinity);
  return list.sort((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b)));
}

/** Files that were refused for one reason. */
export interface RefusalSummary {
  count: number;
  /** What the first of them was told. */
  message: string;
}

/** @returns the first sentence of a message */
export function firstSentence(message: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(message)?.[0] ?? message;
}

/** Sums the refused files by reason, whatever figures their sentences name, the commonest first. */
export function summariseRefusals(entries: readonly Entry[]): RefusalSummary[] {
  const found = new Map<string, RefusalSummary>();
  for (const {refusal} of entries) {
    if (!refusal) continue;
    const key = `${refusal.code} ${firstSentence(refusal.message).replace(/\d[\d,.]*/g, "n")}`;
    const summary = found.get(key) ?? {count: 0, message: refusal.message};
    summary.count += 1;
    found.set(key, summary);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** What the cells of one patient were called. */
export interface PatientSummary {
  patient: string;
  cells: number;
  /** Cells called positive by the threshold. */
  positive: number;
  /** Cells among them all that are too close to call. */
  uncertain: number;
  /** Share of cells called positive, and Wilson's 95 % interval as if the cells were independent. */
  share: {estimate: number; low: number; high: number};
}

/** Sums the answered cells by patient, where their names say whose they are; each cell once. */
export function summarisePatients(entries: readonly Entry[]): PatientSummary[] {
  const counts = new Map<string, {cells: number; positive: number; uncertain: number}>();
  const repeats = repeatsOf(entries);
  for (const entry of entries) {
    const {patient, answer} = entry;
    if (!patient || !answer || repeats.has(entry)) continue;
    const {metadata} = answer.network;
    const {label, uncertain} = verdict(answer.prediction.probability, metadata);
    const count = counts.get(patient) ?? {cells: 0, positive: 0, uncertain: 0};
    count.cells += 1;
    count.positive += Number(label === metadata.positive);
    count.uncertain += Number(uncertain);
    counts.set(patient, count);
  }
  return [...counts]
    .map(([patient, count]) => ({patient, ...count, share: wilsonInterval(count.positive, count.cells)}))
    .sort((a, b) => Number(a.patient.slice(1)) - Number(b.patient.slice(1)));
}

/**
 * The entries that are done, one row each, every row with the network that answered, its version and hash, the date and
 * the notice. Where two networks answered, the earlier one's probability has a column of its own.
 * @param asked the network that is named where none answered
 */
export function exportRows(entries: readonly Entry[], date: Date, asked?: Network): Row[] {
  const repeats = repeatsOf(entries);
  return entries
    .filter(({answer, refusal}) => answer ?? refusal)
    .map((entry) => {
      const {file, path, patient, early, answer, refusal} = entry;
      const prediction = answer?.prediction;
      const {metadata, sha256} = answer?.network ?? asked ?? {};
      const called = prediction && verdict(prediction.probability, metadata!);
      return {
        file: file.name,
        path,
        sha256: sha256Of(entry) ?? null,
        same_bytes_as: repeats.get(entry)?.path ?? null,
        patient,
        called: called?.label ?? null,
        too_close_to_call: called?.uncertain ?? null,
        p_parasitized: prediction?.probability ?? null,
        p_parasitized_calibrated: prediction ? calibrate(prediction.probability, metadata!) : null,
        p_parasitized_early: early?.prediction.probability ?? null,
        part_of_picture: partOf(entry),
        cut_out: prediction?.cut ?? null,
        outside_tested_domain: prediction ? prediction.outside !== null : null,
        cautions: prediction?.cautions.join(" ") || null,
        threshold_offset: prediction?.offset ?? null,
        laboratory: answer?.laboratory ?? null,
        refused: refusal?.code ?? null,
        backend: prediction?.backend ?? null,
        milliseconds: prediction ? Math.round(prediction.milliseconds * 10) / 10 : null,
        threshold: metadata?.threshold ?? null,
        model: metadata?.name ?? null,
        model_version: metadata?.commit ?? null,
        model_sha256: sha256 ?? null,
        model_early: early?.network.metadata.name ?? null,
        date: date.toISOString(),
        notice: NOTICE
      };
    });
}

/** The same as one JSON document: notice, date and networks once, then patients and cells. */
export function exportJson(entries: readonly Entry[], date: Date, asked?: Network): string {
  const shared = new Set(["threshold", "model_version", "model_sha256", "date", "notice"]);
  const cells = exportRows(entries, date, asked).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !shared.has(column)))
  );
  const networks = entries
    .flatMap(({early, answer}) => [early?.network, answer?.network ?? asked])
    .filter((network) => network !== undefined);
  const distinct = new Map(networks.map((network) => [`${network.metadata.name} ${network.sha256}`, network]));
  const models = [...distinct.values()].map(({metadata, sha256}) => {
    const {name, commit, positive, threshold, temperature, abstain} = metadata;
    return {name, version: commit, sha256, positive, threshold, temperature, abstain};
  });
  const patients = summarisePatients(entries);
  return JSON.stringify({notice: NOTICE, date: date.toISOString(), models, patients, cells}, null, 1) + "\n";
}
