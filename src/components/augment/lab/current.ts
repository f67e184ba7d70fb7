import * as d3 from "d3";
import {drawBatch} from "../draw.js";
import {drawNotebook} from "../notebook.js";
import type {NotebookDraw} from "../notebook.js";
import {drawStain} from "../stain.js";
import type {Stain} from "../stain.js";
import type {Draw} from "../types.js";
import type {Details, Tile} from "./protocol.js";
import {drawCount, transformOptions} from "./settings.js";
import type {Settings} from "./settings.js";

/** What is drawn under the settings: for each picture where the 460-pixel window lies, its draw, its stain, and the notebook's draw. */
export interface Drawn {
  places: [x: number, y: number][];
  draws: Draw[];
  stains: Stain[];
  notebook: NotebookDraw[];
}

/**
 * Draws the pictures of the page from the seed.
 *
 * @throws RangeError where `mult` takes a parameter out of its range
 */
export function drawAll(settings: Settings, count = drawCount): Drawn {
  const placing = d3.randomLcg(settings.seed + 1_000_003);
  const turning = d3.randomLcg(settings.seed + 2_000_003);
  const staining = d3.randomLcg(settings.seed + 3_000_003);
  const options = transformOptions(settings);
  return {
    places: Array.from({length: count}, () => [placing(), placing()]),
    draws: drawBatch(d3.randomLcg(settings.seed), count, options),
    stains: Array.from({length: count}, () => drawStain(staining, options)).map((own, _, all) =>
      settings.batch ? all[0]! : own
    ),
    notebook: Array.from({length: count}, () => drawNotebook(turning))
  };
}

/** All that the views of the page show. */
export interface Current {
  settings: Settings;
  /** What is drawn; under the last possible settings where the newest are impossible, null before the first. */
  drawn: Drawn | null;
  /** What each draw has drawn, in words; none before the first. */
  captions: readonly (readonly string[])[];
  /** The cell that is shown and what is to be said of it. */
  cell: {name: string; about: string};
  /** The newest pictures, which may lag behind the settings; null before the first. */
  pictures: Pictures | null;
  /** Whether pictures of these settings are still to come. */
  busy: boolean;
  /** A sentence that says what is wrong, else empty. */
  problem: string;
}

/** Pictures that the worker made. */
export interface Pictures {
  tiles: readonly Tile[];
  /** Those of the chosen draw, which are made when the settings have come to rest. */
  details: Details | null;
  /** What was made last, and how long it took: "12 draws in 31 ms". */
  effort: string;
}

/** What the settings ask to draw, in numbers and in words; where they are impossible, only the sentence that says why. */
export function drawingOf(settings: Settings): Pick<Current, "drawn" | "captions" | "problem"> | {problem: string} {
  try {
    const drawn = drawAll(settings);
    const captions =
      settings.transforms === "notebook"
        ? drawn.notebook.map(describeNotebookDraw)
        : drawn.draws.map((draw, n) => describeDraw({...draw, ...drawn.stains[n]}));
    return {drawn, captions, problem: ""};
  } catch (error) {
    return {problem: (error as Error).message};
  }
}

/** What was drawn, one short line a parameter; a draw that changes nothing says so. */
export function describeDraw(draw: Draw & Stain): string[] {
  const {flip, dihedral, degrees, zoom, zoomCenter, warpX, warpY, brightness, contrast, hue, saturation, gain} = draw;
  const lines = [
    flip ? "flipped" : "",
    dihedral ? `pose ${dihedral}` : "",
    degrees === undefined ? "" : `turned ${signed(degrees, 1)}°`,
    zoom === undefined ? "" : `zoom ${zoom.toFixed(3)} at ${zoomCenter!.map((value) => value.toFixed(2)).join(", ")}`,
    warpX === undefined ? "" : `warp x ${signed(warpX, 3)}`,
    warpY === undefined ? "" : `warp y ${signed(warpY, 3)}`,
    brightness === undefined ? "" : `brightness ${brightness.toFixed(3)}`,
    contrast === undefined ? "" : `contrast ${contrast.toFixed(3)}`,
    hue === undefined ? "" : `hue ${signed((hue * 180) / Math.PI, 0)}°`,
    saturation === undefined ? "" : `chroma × ${saturation.toFixed(2)}`,
    gain ? `RGB × ${gain.map((factor) => factor.toFixed(2)).join(", ")}` : ""
  ].filter(Boolean);
  return lines.length ? lines : ["nothing drawn"];
}

/** The same for the notebook's transforms; its degrees count the other way round. */
export function describeNotebookDraw({degrees = 0, flipX, flipY}: NotebookDraw): string[] {
  return [`turned ${signed(-degrees, 1)}°`, flipX ? "flipped" : "", flipY ? "upside down" : ""].filter(Boolean);
}

/** A number with its sign and a true minus: −3.2, +0.115. */
export function signed(value: number, decimals: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}
