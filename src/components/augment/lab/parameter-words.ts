import type {Settings} from "./settings.js";

/** A setting that has a control. */
export type ParameterKey = Exclude<keyof Settings, "cell" | "seed" | "draw" | "transforms">;

/** What each parameter does, in one sentence. */
export const parameterWords: Record<ParameterKey, string> = {
  doFlip: "Mirrors half of the pictures.",
  flipVert: "Takes one of the eight poses of a square instead of the mirror.",
  maxRotate: "Turns by up to so many degrees, to either side.",
  minZoom: "The smallest zoom: below 1 more than the picture is seen.",
  maxZoom: "The largest zoom: at 2 the cell is twice as large.",
  maxWarp: "Tilts the picture in perspective, in x and in y.",
  pAffine: "How often rotation, zoom and each warp happen, each by its own coin.",
  maxLighting: "Brightness and contrast, equally far to either side.",
  pLighting: "How often brightness and contrast happen, each by its own coin.",
  mult: "Multiplies the ranges of rotation, warp and lighting.",
  pStain: "How often hue, chroma and channels change, each by its own coin.",
  maxHue: "Turns all hues, in radians: another stain.",
  maxSaturation: "Strengthens or weakens the colours: the logarithm of the factor.",
  maxGain: "Scales red, green and blue apart: another camera. The logarithm of the factor.",
  method: "How the picture becomes a square: cut off, squeezed, or filled up.",
  size: "Side of what the network gets, in pixels.",
  minScale: "The smallest share of the picture that is cut out; 1 cuts nothing.",
  padMode: "What is seen beyond the border: a mirror image, black, or the last pixel drawn out.",
  mode: "How a value between pixels is found.",
  alignCorners: "Whether the border's pixels lie on the border or half a pixel inside.",
  batch: "One draw for all pictures of a batch."
};

/**
 * The parameters that change nothing under some settings, and why.
 */
export function idleParameters(settings: Settings): Partial<Record<ParameterKey, string>> {
  if (settings.transforms === "notebook") {
    const why = "The old notebook's transforms have no such parameter.";
    return Object.fromEntries(Object.keys(parameterWords).map((key) => [key, why]));
  }
  const {doFlip, maxRotate, minZoom, maxZoom, maxWarp, pAffine, maxLighting, pLighting, mult} = settings;
  const {pStain, maxHue, maxSaturation, maxGain} = settings;
  const turns = maxRotate * mult > 0;
  const zooms = minZoom < 1 || maxZoom > 1;
  const warps = maxWarp * mult > 0;
  const geometry: ParameterKey[] = ["maxRotate", "minZoom", "maxZoom", "maxWarp"];
  const stains: ParameterKey[] = ["maxHue", "maxSaturation", "maxGain"];
  const all = (keys: readonly ParameterKey[], why: string) => Object.fromEntries(keys.map((key) => [key, why]));
  return {
    ...(!doFlip && {flipVert: "Needs do_flip."}),
    ...(mult === 0 && all(["maxRotate", "maxWarp", "maxLighting"], "mult is 0.")),
    ...(maxRotate + maxWarp + maxLighting === 0 && {mult: "Rotation, warp and lighting are 0."}),
    ...(pAffine === 0 && all(geometry, "p_affine is 0: it never happens.")),
    ...(!turns && !zooms && !warps && {pAffine: "Rotation, zoom and warp change nothing."}),
    ...(pLighting === 0 && {maxLighting: "p_lighting is 0: it never happens."}),
    ...(maxLighting * mult === 0 && {pLighting: "max_lighting is 0."}),
    ...(pStain === 0 && all(stains, "p_stain is 0: it never happens.")),
    ...(maxHue + maxSaturation + maxGain === 0 && {pStain: "Hue, saturation and gain are 0."}),
    ...(settings.transforms === "trained" &&
      all(["method", "minScale"], "This network takes cells that are 50 × 50 already."))
  };
}
