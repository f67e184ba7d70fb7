import {messageOf} from "../image/refusal.js";
import {dyesOf} from "../image/stain.js";
import {shiftLogit} from "../metrics/calibration.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import {percent} from "./kept-laboratory.js";
import type {KeptLaboratory, MovableAnswer} from "./kept-laboratory.js";
import {FEWEST, checkCells, placeThreshold} from "./own-laboratory.js";
import type {HealthyCell} from "./own-laboratory.js";

/** What networks say of one picture. */
export type AnswerOfNetwork = MovableAnswer & {
  network: {metadata: {threshold: number}};
  prediction: {cell: Uint8ClampedArray};
};

/** Options of {@link laboratoryPanel}. */
export interface LaboratoryPanelOptions {
  laboratory: KeptLaboratory | null;
  /** What a network is called. */
  titleOf: (answer: AnswerOfNetwork) => string;
  /** Asks all networks about a picture. Rejects where there is no answer. */
  ask: (file: File, signal: AbortSignal) => Promise<readonly AnswerOfNetwork[]>;
  /** Told of the laboratory whose threshold holds from now on. @returns whether the browser keeps it */
  onChange: (laboratory: KeptLaboratory | null) => boolean;
}

const RATES = new Map([
  ["0.01", "1 %"],
  ["0.02", "2 %"],
  ["0.05", "5 %"],
  ["0.1", "10 %"]
]);

/**
 * Where a visitor places the networks' thresholds by healthy cells of the own laboratory, sees what that is worth, and
 * goes back to the model's own thresholds.
 */
export function laboratoryPanel({laboratory, titleOf, ask, onChange}: LaboratoryPanelOptions): HTMLElement {
  let current = laboratory;
  let work: AbortController | undefined;
  const state = element("p", {"data-testid": "laboratory", "aria-live": "polite"});
  const rate = select("False alarms wanted, at most", RATES, {value: String(laboratory?.rate ?? 0.05)});
  const files = element("input", {type: "file", multiple: true, accept: "image/*,.tif,.tiff,.heic,.jp2"});
  const chooser = element("label", {class: "field"}, "Healthy cells of your laboratory", files);
  const bar = element("progress", {hidden: true, "aria-label": "Healthy cells judged"});
  const stop = element("button", {type: "button", hidden: true}, "Stop");
  const remove = element("button", {type: "button"}, "Back to the model's own threshold");
  stop.addEventListener("click", () => work?.abort());
  remove.addEventListener("click", () => {
    onChange((current = null));
    say("The model's own threshold holds again for the files you choose from now on.");
    files.focus();
  });
  files.addEventListener("change", () => {
    const chosen = [...(files.files ?? [])];
    files.value = "";
    if (chosen.length) void place(chosen);
  });

  /** Says what holds, after a sentence about what has just happened. */
  function say(sentence = ""): void {
    remove.hidden = current === null;
    const standing = current ? describeLaboratory(current, names) : "";
    state.textContent = [sentence, standing].filter(Boolean).join(" ");
  }

  const names = new Map<string, string>();

  async function place(chosen: readonly File[]): Promise<void> {
    work?.abort();
    const own = (work = new AbortController());
    const found = new Map<string, {answer: AnswerOfNetwork; cells: HealthyCell[]}>();
    bar.max = chosen.length;
    bar.value = 0;
    bar.hidden = stop.hidden = false;
    say(`Judging ${chosen.length} pictures…`);
    await Promise.all(
      chosen.map(async (file) => {
        const answers = await ask(file, own.signal).catch(() => []);
        for (const answer of answers) {
          const {probability, offset, cell} = answer.prediction;
          const {name} = answer.network.metadata;
          names.set(name, titleOf(answer));
          if (!found.has(name)) found.set(name, {answer, cells: []});
          const path = file.webkitRelativePath || file.name;
          const healthy = {path, probability: shiftLogit(probability, -offset), dyes: dyesOf(cell)};
          found.get(name)!.cells.push(healthy);
        }
        bar.value += 1;
      })
    );
    if (work !== own) return;
    bar.hidden = stop.hidden = true;
    if (own.signal.aborted) return say("Stopped. Nothing was changed.");
    try {
      checkCells([...found.values()][0]?.cells ?? [], chosen.length);
      const wanted = Number(rate.value);
      const thresholds = [...found].map(([name, {answer, cells}]) => {
        const {metadata, sha256} = answer.network;
        return [name, {...placeThreshold(cells, metadata.threshold, wanted), sha256}] as const;
      });
      const cells = Math.min(...[...found.values()].map(({cells: all}) => all.length));
      current = {date: new Date().toISOString(), cells, rate: wanted, thresholds: Object.fromEntries(thresholds)};
      const isKept = onChange(current);
      say(isKept ? "" : "This browser keeps nothing here, so this holds until you leave the page.");
    } catch (error) {
      say(messageOf(error));
    }
  }

  say();
  return element(
    "div",
    element(
      "p",
      `A threshold set on other laboratories may call too many of your healthy cells parasitized, or miss too much. Choose ${FEWEST} or more pictures of single healthy cells of yours: their own scores then place it. They stay on this device.`
    ),
    element("div", {class: "controls"}, rate, chooser),
    element("div", {class: "controls"}, bar, stop),
    state,
    remove
  );
}

/** What a laboratory's healthy cells promise, in a sentence a network. */
function describeLaboratory(
  {cells, rate, date, thresholds}: KeptLaboratory,
  names: ReadonlyMap<string, string>
): string {
  const networks = Object.entries(thresholds).map(
    ([
      name,
      {
        falseAlarms: {estimate, low, high}
      }
    ]) => {
      const cannot = estimate > rate ? `, more than the ${percent(rate)} wanted: so few cells cannot promise less` : "";
      return `${names.get(name) ?? name} will call about ${percent(estimate)} of your healthy cells parasitized (95 % interval ${percent(low)} to ${percent(high)})${cannot}.`;
    }
  );
  return `Set by ${cells} of your healthy cells on ${date.slice(0, 10)}. ${networks.join(" ")} It holds for your own files from now on, and each export says so.`;
}
