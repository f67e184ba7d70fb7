import type {Cells} from "../../gallery/cells.js";
import {describeCell} from "../../gallery/cells.js";
import {urlState} from "../../ui/url-state.js";
import {nodesOf} from "../../ui/view.js";
import type {View} from "../../ui/view.js";
import type {BytePicture} from "../types.js";
import {cellPicker} from "./cell-picker.js";
import {cellSource, namedCells} from "./cell-source.js";
import type {Original} from "./cell-source.js";
import {pictureClient} from "./client.js";
import type {WorkerLike} from "./client.js";
import {drawingOf} from "./current.js";
import type {Current} from "./current.js";
import {drawsView} from "./draws-view.js";
import {lawsView} from "./laws-view.js";
import {parametersView} from "./parameters.js";
import {planeView, stagesView} from "./picture-views.js";
import {presetsOf, presetsView} from "./presets.js";
import type {Recipe} from "./presets.js";
import {settingsTable} from "./settings.js";
import type {Settings} from "./settings.js";

/** Milliseconds of rest after which what is slow is drawn anew. */
const rest = 200;

/** Options of {@link augmentationLab}. */
export interface LabOptions {
  originals: readonly Original[];
  /** Address of the folder of image sheets, with a slash at its end. */
  folder: string;
  recipe: Recipe;
  createWorker?: () => WorkerLike;
}

/** The parts of the augmentation page; they share one state, which stands in the address of the page. */
export function augmentationLab(cells: Cells, {originals, folder, recipe, createWorker}: LabOptions) {
  const state = urlState(settingsTable);
  const source = cellSource(cells, originals, folder);
  const first = originals[0]!.name;
  let picture: BytePicture | undefined;
  let asked: string | undefined;
  let loading = 0;
  let lastId = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const views = {
    picker: cellPicker({
      source,
      named: namedCells(cells),
      onCell: (cell) => {
        asked = undefined;
        state.set({cell}, {push: true});
      },
      onFile: (file) => void open(() => source.open(file), file.name)
    }),
    presets: presetsView(presetsOf(recipe), state.set),
    stages: stagesView(),
    parameters: parametersView(state.set),
    draws: drawsView(state.set),
    plane: planeView(),
    laws: lawsView()
  };
  const client = pictureClient({
    createWorker,
    onAnswer(answer) {
      if ("error" in answer) return show({problem: answer.error});
      const {id, tiles, details, milliseconds} = answer;
      const effort = `${details ? "12 draws and every stage" : "12 draws"} in ${milliseconds.toFixed(0)} ms`;
      const busy = current.busy && !(details && id === lastId);
      show({pictures: {tiles, effort, details: details ?? current.pictures?.details ?? null}, busy});
    }
  });
  let current: Current = {
    settings: state.values,
    drawn: null,
    captions: [],
    cell: {name: first, about: ""},
    pictures: null,
    busy: true,
    problem: ""
  };

  function show(change: Partial<Current>, fresh = false): void {
    current = {...current, ...change};
    for (const view of Object.values<View<Current>>(views)) view.update(current, fresh);
  }

  /** Opens a picture once it is read; a cell that cannot be read leaves the last one, or else the first sample. */
  async function open(read: () => Promise<BytePicture>, name: string, preface = ""): Promise<void> {
    const turn = ++loading;
    try {
      const {data, width, height} = await read();
      if (turn !== loading) return;
      picture = {data, width, height};
      show({cell: {name, about: `${preface}${aboutCell(name, picture)}`}});
      follow(state.values);
    } catch (error) {
      if (turn !== loading) return;
      const {message} = error as Error;
      if (picture || name === first) show({cell: {name, about: message}, busy: current.busy && picture !== undefined});
      else await open(() => source.load(first), first, `${message} Shown instead: `);
    }
  }

  function aboutCell(name: string, {width, height}: BytePicture): string {
    const index = source.find(name);
    const known = index < 0 ? "your own picture" : describeCell(cells, index);
    const packed = index >= 0 && !originals.some((original) => original.name === name);
    return `${name}: ${known}; ${width} × ${height} pixels${packed ? ", the packed form, whose proportions are lost" : ""}.`;
  }

  /** Asks for the pictures of the current draws: at once for the small ones, for all of them after a rest. */
  function ask(quick: boolean): void {
    const {settings, drawn} = current;
    if (!picture || !drawn) return;
    client.ask(picture, {id: ++lastId, settings, drawn, quick});
    show({busy: true});
  }

  function follow(settings: Settings): void {
    if (settings.cell !== asked) {
      asked = settings.cell;
      const name = settings.cell || first;
      void open(() => source.load(name), name);
    }
    const drawing = drawingOf(settings);
    show({settings, ...drawing, problem: drawing.problem || state.problems.join(" ")});
    if (drawing.problem) return;
    ask(true);
    clearTimeout(timer);
    timer = setTimeout(() => {
      ask(false);
      show({}, true);
    }, rest);
  }

  state.subscribe(follow);
  follow(state.values);
  return {
    ...nodesOf(views),
    dispose() {
      state.dispose();
      clearTimeout(timer);
      client.dispose();
    }
  };
}
