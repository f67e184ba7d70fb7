import {checkNumber, checkWhole} from "./check.js";
import {drawCrop} from "./resize.js";
import type {Draw, Mode, PadMode} from "./types.js";

/** The parameters of fastai's `aug_transforms`, with its defaults. */
export interface AugTransformsOptions {
  /** fastai `mult`: multiplies `maxRotate`, `maxLighting` and `maxWarp`. Default 1. */
  mult?: number;
  /** fastai `do_flip`: mirror half of the pictures. Default true. */
  doFlip?: boolean;
  /** fastai `flip_vert`: with `doFlip`, one of the eight poses instead of the mirror. Default false. */
  flipVert?: boolean;
  /** fastai `max_rotate`: degrees to either side, 0…360. Default 10. */
  maxRotate?: number;
  /** fastai `min_zoom`, > 0. Default 1. */
  minZoom?: number;
  /** fastai `max_zoom`, ≥ `minZoom`. Default 1.1. */
  maxZoom?: number;
  /** fastai `max_lighting`, 0…1 without 1. Default 0.2. */
  maxLighting?: number;
  /** fastai `max_warp`, 0…√½ without √½. Default 0.2. */
  maxWarp?: number;
  /** fastai `p_affine`: probability that a rotation, a zoom, a warp in x, a warp in y happens, each by itself. Default 0.75. */
  pAffine?: number;
  /** fastai `p_lighting`: the same for brightness and for contrast. Default 0.75. */
  pLighting?: number;
  /** fastai `size`: side of the result; left out, the picture keeps its size. Used by `augment`. */
  size?: number;
  /** fastai `mode`: default `bilinear`. Used by `augment`. */
  mode?: Mode;
  /** fastai `pad_mode`: default `reflection`. Used by `augment`. */
  padMode?: PadMode;
  /** fastai `align_corners`: default true. Used by `augment`. */
  alignCorners?: boolean;
  /** fastai `batch`: one draw for all pictures of a batch. Default false. Used by {@link drawBatch}. */
  batch?: boolean;
  /** fastai `min_scale`: smallest share of the picture that `RandomResizedCropGPU` keeps, 0…1. Default 1: no crop. */
  minScale?: number;
  /** The size of the pictures, which fastai reads off them; needed only where `minScale` ≠ 1. Default 460 × 460. */
  input?: {width: number; height: number};
}

/** Every parameter that the draws depend on, with fastai's default. */
export const augTransformsDefaults = {
  mult: 1,
  doFlip: true,
  flipVert: false,
  maxRotate: 10,
  minZoom: 1,
  maxZoom: 1.1,
  maxLighting: 0.2,
  maxWarp: 0.2,
  pAffine: 0.75,
  pLighting: 0.75,
  batch: false,
  minScale: 1,
  input: {width: 460, height: 460}
} as const satisfies AugTransformsOptions;

type Checked = Required<Omit<AugTransformsOptions, "size" | "mode" | "padMode" | "alignCorners">>;

/** Fills in fastai's defaults, applies `mult`, and throws a RangeError that names a parameter out of range. */
export function augTransformsParameters(options: AugTransformsOptions = {}): Checked {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all: Checked = {...augTransformsDefaults, ...given};
  checkNumber("mult", all.mult, 0, Number.MAX_VALUE);
  const scaled = {
    ...all,
    mult: 1,
    maxRotate: all.maxRotate * all.mult,
    maxLighting: all.maxLighting * all.mult,
    maxWarp: all.maxWarp * all.mult
  };
  checkNumber("maxRotate", scaled.maxRotate, 0, 360);
  checkNumber("minZoom", all.minZoom, 0, Infinity, {above: true, below: true});
  checkNumber("maxZoom", all.maxZoom, all.minZoom, Number.MAX_VALUE);
  checkNumber("maxLighting", scaled.maxLighting, 0, 1, {below: true});
  checkNumber("maxWarp", scaled.maxWarp, 0, Math.SQRT1_2, {below: true});
  checkNumber("pAffine", all.pAffine, 0, 1);
  checkNumber("pLighting", all.pLighting, 0, 1);
  checkNumber("minScale", all.minScale, 0, 1, {above: true});
  return scaled;
}

/**
 * Draws the parameters for `count` pictures of a batch with the laws of fastai's `aug_transforms`: one each, or one for all
 * with `batch`; the crop is always one for all.
 *
 * Every parameter has its own gate: with probability 1 − p it is left out, i.e. neutral. Rotation, both warps and zoom
 * are uniform, brightness is uniform in 0.5 · (1 ± maxLighting), contrast log-uniform from 1 − maxLighting to its inverse;
 * the flip has p = 0.5.
 *
 * @param random uniform in [0, 1). Called in a fixed order whatever the options are (gate, then value, a parameter:
 * flip, warpX, warpY, rotation, zoom, its centre, brightness, contrast; then the crop), so that with the same seed one
 * changed option leaves the other parameters as they were.
 */
export function drawBatch(random: () => number, count: number, options: AugTransformsOptions = {}): Draw[] {
  checkWhole("count", count, 1, Number.MAX_SAFE_INTEGER);
  const parameters = augTransformsParameters(options);
  const first = drawOne(random, parameters);
  const draws = Array.from({length: count}, (_, i) =>
    i === 0 || parameters.batch ? first : drawOne(random, parameters)
  );
  const {minScale, input} = parameters;
  const crop = minScale === 1 ? null : drawCrop(random, input, minScale);
  return crop ? draws.map((draw) => ({...draw, crop})) : draws;
}

function drawOne(random: () => number, options: Checked): Draw {
  const {doFlip, flipVert, maxRotate, minZoom, maxZoom, maxLighting, maxWarp, pAffine, pLighting} = options;
  const gated = (p: number, value: (u: number) => number): number | undefined => {
    const [gate, u] = [random(), random()];
    return gate < p ? value(u) : undefined;
  };
  const between = (low: number, high: number) => (u: number) => low + (high - low) * u;
  const contrastSpan = -Math.log(1 - maxLighting);

  const pose = gated(doFlip ? 0.5 : 0, (u) => Math.floor(8 * u));
  const warpX = gated(pAffine, between(-maxWarp, maxWarp));
  const warpY = gated(pAffine, between(-maxWarp, maxWarp));
  const degrees = gated(pAffine, between(-maxRotate, maxRotate));
  const zoom = gated(pAffine, between(minZoom, maxZoom));
  const zoomCenter = [random(), random()] as const;
  const brightness = gated(pLighting, between(0.5 * (1 - maxLighting), 0.5 * (1 + maxLighting)));
  const contrast = gated(pLighting, (u) => Math.exp(between(-contrastSpan, contrastSpan)(u)));

  const warps = maxWarp > 0;
  const lights = maxLighting > 0;
  return {
    ...(pose === undefined ? {} : flipVert ? {dihedral: pose} : {flip: true}),
    ...(warps && warpX !== undefined && {warpX}),
    ...(warps && warpY !== undefined && {warpY}),
    ...(maxRotate > 0 && degrees !== undefined && {degrees}),
    ...((minZoom < 1 || maxZoom > 1) && zoom !== undefined && {zoom, zoomCenter}),
    ...(lights && brightness !== undefined && {brightness}),
    ...(lights && contrast !== undefined && {contrast})
  };
}
