import type {augmenter} from "../augment.js";
import {stain} from "../stain.js";
import type {Stain} from "../stain.js";
import type {Draw} from "../types.js";
import type {ParameterKey} from "./parameter-words.js";
import type {Tile} from "./protocol.js";
import type {Settings} from "./settings.js";
import {floatTile} from "./tiles.js";

/** Side of the pictures of a parameter's two ends, in pixels. */
export const endSide = 48;

/** The pictures of the two ends of what a parameter allows. */
export type Ends = Partial<Record<ParameterKey, [Tile, Tile]>>;

/** The two draws that a parameter allows at its farthest, alone; those that have no such ends are left out. */
export function endDraws(settings: Settings): Partial<Record<ParameterKey, [Draw & Stain, Draw & Stain]>> {
  const {maxRotate, minZoom, maxZoom, maxWarp, maxLighting, mult, maxHue, maxSaturation, maxGain} = settings;
  const [turn, tilt, light] = [maxRotate * mult, maxWarp * mult, maxLighting * mult];
  const [weak, strong] = [Math.exp(-maxSaturation), Math.exp(maxSaturation)];
  const [less, more] = [Math.exp(-maxGain), Math.exp(maxGain)];
  return {
    doFlip: [{}, {flip: true}],
    flipVert: [{}, {dihedral: 5}],
    maxRotate: [{degrees: -turn}, {degrees: turn}],
    minZoom: [{zoom: minZoom}, {}],
    maxZoom: [{}, {zoom: maxZoom}],
    maxWarp: [
      {warpX: -tilt, warpY: tilt},
      {warpX: tilt, warpY: -tilt}
    ],
    maxLighting: [{brightness: 0.5 * (1 - light)}, {brightness: 0.5 * (1 + light)}],
    maxHue: [{hue: -maxHue}, {hue: maxHue}],
    maxSaturation: [{saturation: weak}, {saturation: strong}],
    maxGain: [{gain: [less, 1, more]}, {gain: [more, 1, less]}]
  };
}

/** Renders the two ends of each parameter. */
export function endTiles(apply: ReturnType<typeof augmenter>, settings: Settings): Ends {
  const {padMode, mode, alignCorners} = settings;
  const tile = ({hue, saturation, gain, ...draw}: Draw & Stain): Tile => {
    const picture = apply(draw, {size: endSide, padMode, mode, alignCorners});
    return floatTile(
      stain(picture, {
        ...(hue !== undefined && {hue}),
        ...(saturation !== undefined && {saturation}),
        ...(gain && {gain})
      })
    );
  };
  return Object.fromEntries(
    Object.entries(endDraws(settings)).map(([key, [low, high]]) => [key, [tile(low), tile(high)]])
  );
}
