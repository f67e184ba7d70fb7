import type {Cells} from "../../gallery/cells.js";
import {describeCell} from "../../gallery/describe.js";
import {element} from "../../ui/element.js";
import {select} from "../../ui/inputs.js";
import {urlState} from "../../ui/url-state.js";
import type {BytePicture} from "../types.js";
import {cellPicker} from "./cell-picker.js";
import {cellSource} from "./cell-source.js";
import type {Original} from "./cell-source.js";
import {pictureClient} from "./client.js";
import {controls} from "./controls.js";
import {describeDraw, describeNotebookDraw} from "./describe-draw.js";
import {drawAll} from "./draw-all.js";
import type {Drawn} from "./draw-all.js";
import {drawGridElement} from "./draw-grid.js";
import {histograms} from "./histograms.js";
import {namedCells} from "./named-cells.js";
import {planeElement} from "./plane.js";
import {planeReach, tileSide} from "./render.js";
import {settingsTable, transformOptions} from "./settings.js";
import type {Settings} from "./settings.js";
import {stageStrip} from "./stage-strip.js";

/** How many draws the histograms count. */
export const histogramDraws = 2000;

/** Milliseconds of rest after which what is slow is drawn anew. */
const rest = 200;

/** The parts of the augmentation page; they share one state, which stands in the address of the page. */
export interface Lab {
  picker: HTMLElement;
  stages: HTMLElement;
  parameters: HTMLElement;
  draws: HTMLElement;
  plane: HTMLElement;
  laws: HTMLElement;
  dispose(): void;
}

/** Makes the parts of the augmentation page. `folder` is the address of the sheets, with a slash at its end. */
export function augmentationLab(
  cells: Cells,
  {originals, folder}: {originals: readonly Original[]; folder: string}
): Lab {
  const state = urlState(settingsTable);
  const source = cellSource(cells, originals, folder);
  const first = originals[0]!.name;
  let picture: BytePicture | undefined;
  let drawn: Drawn | undefined;
  let asked: string | undefined;
  let loading = 0;
  let lastId = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const problem = element("p", {class: "notice error", role: "alert", hidden: true});
  const complain = (message = "") => {
    problem.textContent = message;
    problem.hidden = !message;
  };
  const strip = stageStrip();
  const plane = planeElement(planeReach, 336);
  const grid = drawGridElement((draw) => state.set({draw}), tileSide);
  const parameters = controls((change) => state.set(change));
  const laws = element("div");
  const speed = element("output", {class: "muted", "data-testid": "speed"});
  const picker = cellPicker({
    source,
    named: namedCells(cells),
    onCell: (cell) => {
      asked = undefined;
      state.set({cell}, {push: true});
    },
    onFile: (file) => void show(() => source.open(file), file.name)
  });
  const seed = element("input", {type: "number", min: 0, max: 999_999, step: 1});
  seed.addEventListener("change", () => {
    const value = settingsTable.seed.parse(seed.value);
    if (value === undefined) seed.value = String(state.values.seed);
    else state.set({seed: value}, {push: true});
  });
  const reroll = element("button", {type: "button", class: "primary"}, "Reroll");
  reroll.addEventListener("click", () => state.set({seed: Math.floor(Math.random() * 1e6)}, {push: true}));
  const transforms = select(
    "Transforms",
    new Map([
      ["fastai", "fastai's aug_transforms"],
      ["notebook", "the notebook's torchvision transforms"]
    ] as const)
  );
  transforms.addEventListener("input", () => state.set({transforms: transforms.value}));

  const client = pictureClient({
    onAnswer(answer) {
      if ("error" in answer) return complain(answer.error);
      grid.show(answer.tiles);
      if (answer.details) {
        strip.show(answer.details.stages);
        plane.show(answer.details.plane);
        if (answer.id === lastId) grid.node.ariaBusy = "false";
      }
      const what = answer.details ? "12 draws and every stage" : "12 draws";
      speed.textContent = `${what} in ${answer.milliseconds.toFixed(0)} ms`;
    }
  });

  /** Shows a picture once it is read; a cell that cannot be read leaves the last one, or else the first sample. */
  async function show(read: () => Promise<BytePicture>, name: string, preface = ""): Promise<void> {
    const turn = ++loading;
    try {
      const {data, width, height} = await read();
      if (turn !== loading) return;
      picture = {data, width, height};
      picker.show(name, `${preface}${aboutCell(name, picture)}`);
      update(state.values);
    } catch (error) {
      if (turn !== loading) return;
      const message = (error as Error).message;
      if (picture || name === first) picker.show(name, message);
      else await show(() => source.load(first), first, `${message} Shown instead: `);
    }
  }

  function aboutCell(name: string, {width, height}: BytePicture): string {
    const index = source.find(name);
    const known = index < 0 ? "your own picture" : describeCell(cells, index);
    const packed = index >= 0 && !originals.some((original) => original.name === name);
    return `${name}: ${known}; ${width} × ${height} pixels${packed ? ", the packed form, whose proportions are lost" : ""}.`;
  }

  function ask(quick: boolean): void {
    if (!picture || !drawn) return;
    grid.node.ariaBusy = "true";
    client.ask(picture, {id: ++lastId, settings: state.values, drawn, quick});
  }

  function update(settings: Settings): void {
    parameters.show(settings);
    transforms.value = settings.transforms;
    seed.value = String(settings.seed);
    if (settings.cell !== asked) {
      asked = settings.cell;
      const name = settings.cell || first;
      void show(() => source.load(name), name);
    }
    try {
      drawn = drawAll(settings);
      complain(state.problems.join(" "));
    } catch (error) {
      return complain((error as Error).message);
    }
    const fastai = settings.transforms === "fastai";
    const chosen = drawn.draws[settings.draw - 1]!;
    grid.label(fastai ? drawn.draws.map(describeDraw) : drawn.notebook.map(describeNotebookDraw), settings.draw);
    plane.overlay(chosen, settings.alignCorners);
    ask(true);
    clearTimeout(timer);
    timer = setTimeout(() => {
      ask(false);
      const {draws} = drawAll(settings, histogramDraws);
      laws.replaceChildren(histograms(draws, transformOptions(settings)));
    }, rest);
  }

  const unsubscribe = state.subscribe(update);
  update(state.values);
  const seedControl = element("label", {class: "control"}, element("span", "Seed"), seed);
  return {
    picker: element("div", picker.node, problem),
    stages: strip.node,
    parameters: parameters.node,
    draws: element(
      "div",
      element("div", {class: "controls draw-controls"}, transforms, seedControl, reroll, speed),
      grid.node
    ),
    plane: plane.node,
    laws,
    dispose() {
      unsubscribe();
      clearTimeout(timer);
      client.dispose();
    }
  };
}
