import type {ModelSource} from "../engine/download.js";
import type {Backend} from "../engine/engine.js";
import type {MapEngine} from "../engine/map-engine.js";
import type {RgbPicture} from "../image/resize.js";
import {cutFound, groundOfField} from "./cut-found.js";
import type {FieldGround} from "./cut-found.js";
import {findCells} from "./find-cells.js";
import type {FoundCell, FoundField, OnProgress} from "./find-cells.js";
import {findSingle} from "./single-cell.js";
import type {NotSingle, SingleCell} from "./single-cell.js";
import {startFinder} from "./start-finder.js";

/** What finds the cells of a field. */
export interface Finder {
  /** Where the network computes. */
  backend: Backend;
  find(picture: RgbPicture, onProgress?: OnProgress, signal?: AbortSignal): Promise<FoundField>;
  /** The one cell of a picture, or why there is none. */
  findSingle(picture: RgbPicture): Promise<SingleCell | NotSingle>;
  /** A found cell on black, 50×50 RGB pixels, as the training cells were. */
  cut(picture: RgbPicture, cell: FoundCell): Uint8ClampedArray;
  /** Gives all memory back. */
  dispose(): void;
}

/** A finder whose network is loaded. */
export function finderOn(engine: MapEngine, backend: Backend): Finder {
  const grounds = new WeakMap<RgbPicture, FieldGround>();
  return {
    backend,
    find: (picture, onProgress, signal) =>
      findCells(picture, engine.run, {...(onProgress && {onProgress}), ...(signal && {signal})}),
    findSingle: (picture) => findSingle(picture, engine.run),
    cut(picture, cell) {
      let ground = grounds.get(picture);
      if (!ground) grounds.set(picture, (ground = groundOfField(picture)));
      return cutFound(picture, cell, ground);
    },
    dispose: engine.dispose
  };
}

/** Downloads and starts the finder, as {@link startFinder} does. @throws Error with a sentence for the visitor */
export async function openFinder(...given: Parameters<typeof startFinder>): Promise<Finder> {
  const {engine, backend} = await startFinder(...given);
  return finderOn(engine, backend);
}

const opened = new Map<string, Promise<Finder>>();

/** Milliseconds after which a finder that could not be had is tried again: many pictures may come before that. */
const AGAIN = 30_000;

/** The one finder of a place, downloaded where it is first needed; tried again, a while after, where it could not be had. */
export function finderOf(source: ModelSource): Promise<Finder> {
  const finder = opened.get(source.base) ?? openFinder(source);
  opened.set(source.base, finder);
  finder.catch(() => setTimeout(() => opened.delete(source.base), AGAIN));
  return finder;
}
