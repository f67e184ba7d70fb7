import type {RgbPicture} from "../image/resize.js";
import type {FoundCell} from "./find-cells.js";

/** Shares of the way from the middle to the outline at which a thing's own density is read, and beyond it the ground's. */
const [INSIDE, OUTSIDE] = [
  [0.3, 0.5, 0.65, 0.8],
  [1.15, 1.25, 1.35]
];
/** The quantiles of both that are compared: a pale middle and neighbours do not hide that a cell is there. */
const [OWN, GROUND] = [0.6, 0.2];
/** Least contrast of what is there, in optical density and as a share of the field's median. */
const [LEAST, SHARE] = [0.03, 0.2];
/** By so many times that it must be denser than the field's ground where what lies around it is as dense as itself. */
const SURROUNDED = 2.5;

/** Optical density of a green value, 0 to 255. */
const densityOf = (green: number) => -Math.log((green + 1) / 256);

/** The quantiles of a picture's density between which its cells and its ground lie, and pixels that tell them. */
const [PALE, DENSE, SAMPLE] = [0.05, 0.85, 20_000];

/** How far a picture's denser parts are from its paler ones, in optical density of the green channel. */
export function densityRange({data, width, height}: RgbPicture): number {
  const step = Math.max(1, Math.floor((width * height) / SAMPLE));
  const values: number[] = [];
  for (let place = 1; place < data.length; place += 3 * step) values.push(densityOf(data[place]!));
  values.sort((a, b) => a - b);
  return values[Math.floor(DENSE * values.length)]! - values[Math.floor(PALE * values.length)]!;
}

/** How dense a found thing is and what lies around it, in optical density of the green channel (−ln of the light). */
export function densitiesOf(
  {data, width, height}: RgbPicture,
  {x, y, outline}: Pick<FoundCell, "x" | "y" | "outline">
): {own: number; around: number} {
  const quantileAt = (shares: readonly number[], quantile: number) => {
    const values: number[] = [];
    for (let n = 0; n < outline.length; n += 2) {
      for (const share of shares) {
        const column = Math.floor(x + (outline[n]! - x) * share);
        const row = Math.floor(y + (outline[n + 1]! - y) * share);
        if (column < 0 || row < 0 || column >= width || row >= height) continue;
        values.push(densityOf(data[(row * width + column) * 3 + 1]!));
      }
    }
    return values.sort((a, b) => a - b)[Math.floor(quantile * values.length)] ?? 0;
  };
  return {own: quantileAt(INSIDE, OWN), around: quantileAt(OUTSIDE, GROUND)};
}

/**
 * What stands out of its surroundings, or of the field's ground where neighbours lie all around it: bare ground that the
 * network takes for a cell is left out.
 */
export function standingOut(picture: RgbPicture, cells: readonly FoundCell[]): FoundCell[] {
  const densities = cells.map((cell) => densitiesOf(picture, cell));
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const ground = middle(densities.map(({around}) => around));
  const least = Math.max(LEAST, SHARE * middle(densities.map(({own, around}) => own - around)));
  return cells.filter((_, n) => {
    const {own, around} = densities[n]!;
    return own - around >= least || own - ground >= SURROUNDED * least;
  });
}
