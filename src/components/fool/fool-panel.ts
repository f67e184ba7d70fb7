import {answerHead} from "../answer/answer-head.js";
import type {Answer} from "../classifier/entries.js";
import {calibrate} from "../engine/verdict.js";
import {messageOf} from "../image/refusal.js";
import {element} from "../ui/element.js";
import {plainNumber} from "../ui/format.js";
import {range} from "../ui/inputs.js";
import {drawCell} from "../why/paint.js";
import {CHANGES, QUALITY, changeCell, stepsOf, unchanged} from "./changes.js";
import type {Changes} from "./changes.js";
import {curve} from "./curve.js";
import {throughJpeg} from "./jpeg.js";

/** Points of the curve, and how many cells are asked about at once. */
const [POINTS, BATCH] = [16, 8];

/** Options of {@link foolPanel}. */
export interface FoolOptions {
  /** Asks the network that gave the answer for the probabilities of other cells. */
  judge: (cells: Uint8ClampedArray[]) => Promise<number[]>;
  /** What that network is called where a sentence begins. */
  who: string;
  jpeg?: typeof throughJpeg;
}

/**
 * A cell with a slider for each change that may befall a picture, what the network says of it so changed, and how its
 * answer runs along the slider that was moved last. One question is under way at a time; what was moved meanwhile follows.
 */
export function foolPanel({prediction, network}: Answer, {judge, who, jpeg = throughJpeg}: FoolOptions): HTMLElement {
  const {metadata} = network;
  const names = Object.keys(CHANGES) as (keyof Changes)[];
  let changes = unchanged();
  let last: keyof Changes = "blur";
  let isDue = false;
  let isBusy = false;

  const shown = element("div", {class: "fool-cell"}, drawCell(prediction.seen));
  const answer = element("div", {class: "fool-answer"}, answerHead(prediction.probability, metadata));
  const chart = element("div", {class: "fool-curve"});
  const said = element("p", {class: "muted", role: "status"});
  const sliders = names.map((name) => {
    const {label, min, max, step, neutral, unit} = CHANGES[name];
    const format = (value: number) => (name === "jpeg" && value === QUALITY ? "none" : `${plainNumber(value)}${unit}`);
    const slider = range(label, {min, max, step, value: neutral, format});
    slider.addEventListener("input", () => {
      changes = {...changes, [name]: slider.value};
      last = name;
      void work();
    });
    return slider;
  });
  const back = element("button", {type: "button"}, "Back to the original");
  back.addEventListener("click", () => {
    changes = unchanged();
    names.forEach((name, n) => (sliders[n]!.value = CHANGES[name].neutral));
    void work();
  });

  async function made(some: Changes): Promise<Uint8ClampedArray> {
    const cell = changeCell(prediction.seen, some);
    return some.jpeg < QUALITY ? jpeg(cell, some.jpeg) : cell;
  }

  async function work(): Promise<void> {
    isDue = true;
    if (isBusy) return;
    isBusy = true;
    while (isDue) {
      isDue = false;
      try {
        await show(changes, last);
        said.textContent = "";
      } catch (error) {
        said.textContent = messageOf(error);
      }
    }
    isBusy = false;
  }

  async function show(now: Changes, along: keyof Changes): Promise<void> {
    const cell = await made(now);
    const [probability] = (await judge([cell])) as [number];
    shown.replaceChildren(drawCell(cell));
    answer.replaceChildren(answerHead(probability, metadata));
    Object.assign(root.dataset, {p: probability.toFixed(6), along});
    const values = stepsOf(CHANGES[along], POINTS);
    const cells = await Promise.all(values.map((value) => made({...now, [along]: value})));
    const probabilities: number[] = [];
    for (let from = 0; from < POINTS && !isDue; from += BATCH) {
      probabilities.push(...(await judge(cells.slice(from, from + BATCH))));
    }
    // The slider was moved on: its own curve follows.
    if (probabilities.length < POINTS) return;
    const chances = probabilities.map((p) => calibrate(p, metadata));
    const threshold = calibrate(metadata.threshold, metadata);
    const {label, unit} = CHANGES[along];
    const drawn = curve({values, chances, threshold, at: now[along], label: `${label}${unit && ` (${unit.trim()})`}`});
    chart.replaceChildren(drawn);
  }

  const note = `${who} answers, without the check for foreign pictures. How both networks bear such changes on average is on the Evaluation page, under Robustness.`;
  const root = element(
    "div",
    {class: "fool", "data-testid": "fool"},
    element("div", {class: "fool-shown"}, shown, answer, chart),
    element("div", {class: "fool-sliders", role: "group", "aria-label": "Changes"}, ...sliders, back),
    said,
    element("p", {class: "muted"}, note)
  );
  void work();
  return root;
}
