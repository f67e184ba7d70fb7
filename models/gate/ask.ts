import {descriptorsOf} from "../../src/components/gate/descriptors.js";
import type {Descriptors} from "../../src/components/gate/descriptors.js";
import {judgeFeatures, lookAt} from "../../src/components/gate/gate.js";
import type {Gate, Look, SeenPicture} from "../../src/components/gate/gate.js";
import {prepareCell} from "../../src/components/gate/prepare-cell.js";
import type {AskedFinder} from "../../src/components/gate/prepare-cell.js";
import {toBatch} from "../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {dyesOf} from "../../src/components/image/stain.js";
import type {Dyes} from "../../src/components/image/stain.js";
import {shiftLogit} from "../../src/components/metrics/calibration.js";
import type {openKernelEngine} from "../bundle.js";

/** A picture and what a network said of it. Hangs on no limit of refusals, so any gate of the same stain may judge it. */
export interface Asked {
  picture: SeenPicture;
  isForeign: boolean;
  /** Of the pixels that the network saw. */
  descriptors: Descriptors | null;
  /** Of the cell before its stain was brought to the training cells'. */
  dyes: Dyes | null;
  features: Float32Array;
  /** Of parasitized, without the offset of foreign stains. */
  probability: number;
}

/** Prepares a picture as the classifier does. */
export async function see(picture: RgbPicture, finder: AskedFinder): Promise<SeenPicture> {
  const {width, height} = picture;
  return {...(await prepareCell(picture, {open: async () => finder})), width, height};
}

/**
 * Asks a network about a picture, whether it would be refused or not.
 * @param gate tells which stain is foreign and what it is brought to
 * @throws Error if the network does not tell its features
 */
export async function ask(
  picture: RgbPicture,
  {engine, finder, gate}: {engine: Awaited<ReturnType<typeof openKernelEngine>>; finder: AskedFinder; gate: Gate}
): Promise<Asked> {
  const prepared = await see(picture, finder);
  const {seen, isForeign} = lookAt(prepared, gate);
  const {features, probabilities} = await engine.predict(toBatch([seen]));
  if (!features) throw new Error("The network does not tell its features.");
  const [descriptors, dyes] = [descriptorsOf(seen), dyesOf(prepared.cell)];
  return {picture: prepared, isForeign, descriptors, dyes, features, probability: probabilities[0]!};
}

/** What a gate says of a picture, and the probability of parasitized that the classifier would tell. */
export function answerOf(
  {picture, isForeign, features, probability}: Pick<Asked, "picture" | "isForeign" | "features" | "probability">,
  gate: Gate
): {look: Look; probability: number} {
  return {
    look: judgeFeatures(lookAt(picture, gate), features, gate),
    probability: shiftLogit(probability, isForeign ? gate.offset : 0)
  };
}
