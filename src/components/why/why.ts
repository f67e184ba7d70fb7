import {cellSide} from "../../data/shapes/cells.js";
import type {Explanation} from "../classifier/protocol.js";
import type {Refusal} from "../image/refusal.js";
import {rankCorrelation} from "../metrics/statistics.js";
import {element} from "../ui/element.js";
import {formatMilliseconds, formatProbability} from "../ui/format.js";
import {range} from "../ui/inputs.js";
import {namedButton} from "../ui/panel-button.js";
import {describeMap, peakAgainstStain} from "./describe-map.js";
import {drawCell, paintMap, RAMP_BACKGROUND} from "./paint.js";

/** Options of {@link whyPanel}. */
export interface WhyOptions {
  /** 50×50 RGB pixels that the network saw. */
  cell: Uint8ClampedArray;
  /** Calibrated probability of the positive class, 0…1: the height of the map's peak. */
  chance: number;
  positive: string;
  /** The file's name. */
  name: string;
  /** How far such maps can be trusted, as measured. */
  note: string;
  /** Asks for the map, or for that of a network with shuffled weights. */
  explain: (shuffled: boolean) => Promise<Explanation>;
}

/**
 * A button that asks where the cell speaks for the positive class; then the map over the cell, a slider from the one to the
 * other, the scale, a description, and a button for the same map of a network that has learnt nothing.
 */
export function whyPanel({cell, chance, positive, name, note, explain}: WhyOptions): HTMLElement {
  const ask = namedButton("Why? Show where", name);
  const text = element("p", {"aria-live": "polite"});
  const shown = element("div", {class: "why-shown", hidden: true});
  const root = element("div", {class: "why", "data-testid": "why"}, ask, text, shown);

  run(ask, {
    text,
    waiting: "Computing the map; the first one takes longer…",
    work: () => explain(false),
    done(explanation) {
      const {map} = explanation;
      const description = [describeMap(map, cell, positive), peakAgainstStain(map, cell)].filter(Boolean).join(" ");
      Object.assign(root.dataset, {state: "shown", map: summary(map)});
      text.textContent = `${description} ${formatMilliseconds(explanation.milliseconds)}.`;
      ask.hidden = true;
      shown.hidden = false;
      shown.append(...mapView(map, description));
    }
  });

  function mapView(map: Float32Array, description: string): HTMLElement[] {
    const format = (value: number) => `${value} %`;
    const shown = range("From the cell to the map", {min: 0, max: 100, step: 1, value: 100, format});
    shown.classList.add("compare");
    const pictures = element("div", {class: "pictures"}, overlay(map, "What it learnt", description));
    const setShown = () => pictures.style.setProperty("--map-shown", `${shown.value}%`);
    shown.addEventListener("input", setShown);
    setShown();
    const bar = element("span", {class: "why-bar"});
    bar.style.background = RAMP_BACKGROUND;
    const legend = element(
      "p",
      {class: "why-legend"},
      "0 ",
      bar,
      ` 1. One scale for all cells: the peak has the colour of the chance, here ${formatProbability(chance)}.`
    );
    const shuffle = namedButton("Compare with shuffled weights", name);
    const said = element("p", {"aria-live": "polite"});
    run(shuffle, {
      text: said,
      waiting: "Shuffling all weights of the network and asking it the same…",
      work: () => explain(true),
      done(other) {
        const likeness = rankCorrelation(map, other.map);
        const number = Number.isNaN(likeness) ? "none, it is blank" : likeness.toFixed(2);
        said.textContent = `Rank correlation of the two maps: ${number}. 1 would mean that the map does not hang on what the network learnt.`;
        Object.assign(root.dataset, {shuffled: summary(other.map), likeness: likeness.toFixed(4)});
        shuffle.hidden = true;
        pictures.append(
          overlay(other.map, "With shuffled weights", "The map of the same network with its weights shuffled")
        );
      }
    });
    const caution =
      "The map shows which pixels the number hangs on. It is not evidence of reasoning, and not that a parasite is there.";
    return [pictures, shown, legend, element("p", {class: "muted"}, `${caution} ${note}`.trim()), shuffle, said];
  }

  function overlay(map: Float32Array, caption: string, description: string): HTMLElement {
    const over = element("canvas", {width: cellSide, height: cellSide, class: "map"});
    const context = over.getContext("2d");
    context?.putImageData(new ImageData(paintMap(map, chance), cellSide, cellSide), 0, 0);
    const both = element("div", {class: "overlay", role: "img", "aria-label": description}, drawCell(cell), over);
    return element("figure", both, element("figcaption", caption));
  }

  return root;
}

/** Has a button do something that takes a while; after a refusal it can be pressed again. */
function run(
  button: HTMLButtonElement,
  {
    text,
    waiting,
    work,
    done
  }: {text: HTMLElement; waiting: string; work: () => Promise<Explanation>; done: (explanation: Explanation) => void}
): void {
  button.addEventListener("click", () => {
    button.disabled = true;
    text.textContent = waiting;
    work().then(done, (refusal: Refusal) => {
      text.textContent = refusal.message;
      button.disabled = false;
    });
  });
}

/** A map for machines: every fifth value of every fifth row as a share of the highest, with three decimals. */
function summary(map: Float32Array): string {
  const highest = map.reduce((most, value) => Math.max(most, value), 0);
  const values: string[] = [];
  for (let y = 2; y < cellSide; y += 5) {
    for (let x = 2; x < cellSide; x += 5) values.push((map[y * cellSide + x]! / (highest || 1)).toFixed(3));
  }
  return values.join(" ");
}
