import {areaResize} from "./area.js";
import {gridRange} from "./grid.js";
import type {Grid} from "./grid.js";
import {sample} from "./sample.js";
import type {SampleOptions} from "./sample.js";
import type {Picture} from "./types.js";

/** What fastai does before it samples: the size to which the picture is first shrunk by area, or null. */
export function hiddenAreaStep({width, height}: {width: number; height: number}, grid: Grid): [number, number] | null {
  const reduction = Math.min(height / grid.height, width / grid.width) / 2;
  const [min, max] = gridRange(grid);
  if (!(reduction > 1 && reduction > 2 / (max - min))) return null;
  return [Math.floor(width * (1 / reduction)), Math.floor(height * (1 / reduction))];
}

/**
 * A function that samples one picture at any grid, as fastai's `_grid_sample`.
 *
 * Where the output is less than half the input and the grid spans the picture, fastai (bilinear only) first shrinks the
 * picture by area averaging and then samples with the same grid: 460 → 448 → 224. It takes the span over the whole
 * batch; here it is the span of this one grid. The shrunken picture is kept for the next call.
 */
export function resampler(picture: Picture): (grid: Grid, options?: SampleOptions) => Picture {
  let shrunk: Picture | undefined;
  return (grid, options = {}) => {
    const size = (options.mode ?? "bilinear") === "bilinear" ? hiddenAreaStep(picture, grid) : null;
    if (!size) return sample(picture, grid, options);
    if (shrunk?.width !== size[0] || shrunk.height !== size[1]) shrunk = areaResize(picture, ...size);
    return sample(shrunk, grid, options);
  };
}
