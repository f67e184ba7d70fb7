import type {Backend} from "../engine/engine.js";
import type {MapEngine} from "../engine/map-engine.js";
import type {RgbPicture} from "../image/resize.js";
import {cutFound, groundOfField} from "./cut-found.js";
import type {FieldGround} from "./cut-found.js";
import {findCells} from "./find-cells.js";
import type {FoundCell, FoundField, OnProgress} from "./find-cells.js";
import {findSingle} from "./single-cell.js";
import type {SingleCell} from "./single-cell.js";
import {startFinder} from "./start-finder.js";

/** What finds the cells of a field. */
export interface Finder {
  /** Where the network computes. */
  backend: Backend;
  find(picture: RgbPicture, onProgress?: OnProgress, signal?: AbortSignal): Promise<FoundField>;
  /** The one cell of a picture; null where no single one can be told. */
  findSingle(picture: RgbPicture): Promise<SingleCell | null>;
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
