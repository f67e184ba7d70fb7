import {finderSchema} from "../../data/shapes/finder.js";
import type {FinderMetadata} from "../../data/shapes/finder.js";
import {check} from "../../data/shapes/schema.js";
import {downloadListed} from "../engine/download.js";
import type {ModelFiles, ModelSource} from "../engine/download.js";
import {softwareWebgl} from "../engine/engine.js";
import type {Backend, WasmFiles} from "../engine/engine.js";
import type {MapEngine} from "../engine/map-engine.js";
import {messageOf} from "../image/refusal.js";
import {CHANNELS} from "./decode.js";
import {contrastOf, toNetworkPicture} from "./network-picture.js";

/** Largest difference of a map's value from the one that was stored: 16-bit graphics cards stay below it. */
const TOLERANCE = 0.15;

/** @throws Error that names the first field which is not as expected */
export function parseFinder(value: unknown): FinderMetadata {
  return check(finderSchema, value, (sentence) => {
    throw new Error(`The finder's metadata.json cannot be used: ${sentence}.`);
  });
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

/** The network of the finder, and where it computes. */
export interface StartedFinder {
  engine: MapEngine;
  backend: Backend;
}

/**
 * Downloads the finder's network and starts it on the first backend that passes its self-test: the graphics card, if WebGL has
 * one, then WebAssembly, then plain JavaScript.
 * @throws Error with a sentence for the visitor
 */
export async function startFinder(
  source: ModelSource,
  onLoading: (loaded: number, total: number) => void = () => {},
  load: LoadMaps = loadMaps,
  software: () => string | null = softwareWebgl
): Promise<StartedFinder> {
  const {metadata, ...model} = await downloadListed(source, parseFinder, {onProgress: onLoading});
  const backends: Backend[] = software() === null ? ["webgl", "wasm", "cpu"] : ["wasm", "cpu"];
  const reasons: string[] = [];
  for (const backend of backends) {
    if (backend === "wasm" && !source.wasm) continue;
    try {
      const engine = await load(model, backend, source.wasm);
      await testFinder(engine, metadata);
      return {engine, backend};
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Error(`The finder cannot run in this browser: ${reasons.join(" ")}`);
}
