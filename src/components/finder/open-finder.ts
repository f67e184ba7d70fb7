import {finderSchema} from "../../data/shapes/finder.js";
import type {FinderMetadata} from "../../data/shapes/finder.js";
import {check} from "../../data/shapes/schema.js";
import {downloadListed} from "../engine/download.js";
import type {ModelFiles, ModelSource} from "../engine/download.js";
import {softwareWebgl} from "../engine/engine.js";
import type {Backend, WasmFiles} from "../engine/engine.js";
import type {MapEngine} from "../engine/map-engine.js";
import {messageOf} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import {cutFound, groundOfField} from "./cut-found.js";
import type {FieldGround} from "./cut-found.js";
import {CHANNELS} from "./decode.js";
import {findCells} from "./find-cells.js";
import type {FoundCell, FoundField, OnProgress} from "./find-cells.js";
import {contrastOf, toNetworkPicture} from "./network-picture.js";

/** What finds the cells of a field. */
export interface Finder {
  /** Where the network computes. */
  backend: Backend;
  find(picture: RgbPicture, onProgress?: OnProgress, signal?: AbortSignal): Promise<FoundField>;
  /** A found cell on black, 50×50 RGB pixels, as the training cells were. */
  cut(picture: RgbPicture, cell: FoundCell): Uint8ClampedArray;
  /** Gives all memory back. */
  dispose(): void;
}

/** Largest difference of a map's value from the one that was stored: 16-bit graphics cards stay below it. */
const TOLERANCE = 0.15;

/** @throws Error that names the first field which is not as expected */
export function parseFinder(value: unknown): FinderMetadata {
  return check(finderSchema, value, (sentence) => {
    throw new Error(`The finder's metadata.json cannot be used: ${sentence}.`);
  });
}

/** A finder whose network is loaded. */
export function finderOn(engine: MapEngine, backend: Backend): Finder {
  const grounds = new WeakMap<RgbPicture, FieldGround>();
  return {
    backend,
    find: (picture, onProgress, signal) =>
      findCells(picture, engine.run, {...(onProgress && {onProgress}), ...(signal && {signal})}),
    cut(picture, cell) {
      let ground = grounds.get(picture);
      if (!ground) grounds.set(picture, (ground = groundOfField(picture)));
      return cutFound(picture, cell, ground);
    },
    dispose: engine.dispose
  };
}

/** @throws Error if a known picture gets other maps than it should */
export async function testFinder({run}: MapEngine, {selfTest}: FinderMetadata): Promise<void> {
  const {side, rgb, place, maps} = selfTest;
  const data = Uint8Array.from(atob(rgb), (character) => character.charCodeAt(0));
  const picture = {data, width: side, height: side, channels: 3 as const};
  const values = await run(toNetworkPicture(picture, contrastOf(picture)));
  const isRight = maps.every((value, n) => Math.abs(values[place * CHANNELS + n]! - value) <= TOLERANCE);
  if (!isRight) throw new Error("A known picture gets other maps than it should.");
}

/** Loads the network on a backend. */
export type LoadMaps = (model: ModelFiles, backend: Backend, wasm?: WasmFiles) => Promise<MapEngine>;

/** TensorFlow.js is only fetched where it is needed. */
const loadMaps: LoadMaps = async (...given) => (await import("../engine/map-engine.js")).loadMapEngine(...given);

/**
 * Downloads the finder and starts it on the first backend that passes its self-test: the graphics card, if WebGL has one,
 * then WebAssembly, then plain JavaScript.
 * @throws Error with a sentence for the visitor
 */
export async function openFinder(
  source: ModelSource,
  onLoading: (loaded: number, total: number) => void = () => {},
  load: LoadMaps = loadMaps,
  software: () => string | null = softwareWebgl
): Promise<Finder> {
  const {metadata, ...model} = await downloadListed(source, parseFinder, {onProgress: onLoading});
  const backends: Backend[] = software() === null ? ["webgl", "wasm", "cpu"] : ["wasm", "cpu"];
  const reasons: string[] = [];
  for (const backend of backends) {
    if (backend === "wasm" && !source.wasm) continue;
    try {
      const engine = await load(model, backend, source.wasm);
      await testFinder(engine, metadata);
      return finderOn(engine, backend);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Error(`The finder cannot run in this browser: ${reasons.join(" ")}`);
}
