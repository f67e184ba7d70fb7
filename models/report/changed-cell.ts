import sharp from "sharp";
import {augment} from "../../src/components/augment/augment.js";
import {toFloats} from "../../src/components/augment/pixels.js";
import {changeCell, unchanged} from "../../src/components/fool/changes.js";
import {random} from "../../src/components/metrics/index.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {cellSide} from "../../src/data/shapes/cells.js";
import type {ManifestRow} from "../../src/data/shapes/manifest.js";
import type {ChangedFigures} from "../../src/data/shapes/report.js";

/** A pixel whose brightest channel is darker belongs to the black frame, as in `models/training/robustness.py`. */
const frameBelow = 24;

/** Changes a cell as `models/training/robustness.py` does, near enough to be looked at. RGB, 50×50. */
async function change(cell: Uint8Array, name: string, level: number): Promise<Uint8Array | Uint8ClampedArray> {
  const changed = (changes: Partial<ReturnType<typeof unchanged>>) =>
    changeCell(Uint8ClampedArray.from(cell), {...unchanged(), ...changes});
  const raw = {raw: {width: cellSide, height: cellSide, channels: 3 as const}};
  const resized = (pixels: Uint8Array, from: number, side: number) =>
    sharp(pixels, {raw: {width: from, height: from, channels: 3}})
      .resize(side, side)
      .raw()
      .toBuffer();
  switch (name) {
    case "hue":
      return changed({hue: level});
    case "saturation":
      return changed({grey: 1 - level});
    case "brightness":
      return changed({brightness: level});
    case "blur":
      return changed({blur: level});
    case "rotation":
      return changed({rotation: level});
    case "jpeg":
      return sharp(await sharp(cell, raw).jpeg({quality: level}).toBuffer())
        .raw()
        .toBuffer();
    case "size": {
      const side = Math.round(cellSide * level);
      return resized(await resized(cell, cellSide, side), side, cellSide);
    }
    case "frame": {
      const picture = toFloats({data: Uint8ClampedArray.from(cell), width: cellSide, height: cellSide});
      const {data} = augment(picture, {zoom: level}, {padMode: "zeros"});
      return Uint8ClampedArray.from(data, (value) => 255 * value);
    }
    case "noise":
      return inside(cell, noisy(cell, level));
    case "frame-filled":
      return filled(cell);
    default:
      return cell;
  }
}

const isFrame = (cell: Uint8Array, pixel: number) => Math.max(...cell.subarray(3 * pixel, 3 * pixel + 3)) < frameBelow;

/** What is changed of a cell, its black frame left as it is. */
const inside = (cell: Uint8Array, changed: Uint8ClampedArray) =>
  changed.map((value, i) => (isFrame(cell, Math.floor(i / 3)) ? cell[i]! : value));

/** Independent normal noise on every channel, by Box and Muller (1958). */
function noisy(cell: Uint8Array, deviation: number): Uint8ClampedArray {
  const uniform = random(2020);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Uint8ClampedArray.from(cell, (value) => value + 255 * deviation * normal());
}

/** The black frame filled with the mean colour of the cell. */
function filled(cell: Uint8Array): Uint8Array {
  const pixels = Array.from({length: cellSide ** 2}, (_, pixel) => pixel);
  const own = pixels.filter((pixel) => !isFrame(cell, pixel));
  const mean = [0, 1, 2].map((channel) => own.reduce((sum, pixel) => sum + cell[3 * pixel + channel]!, 0) / own.length);
  return cell.map((value, i) => (isFrame(cell, Math.floor(i / 3)) ? mean[i % 3]! : value));
}

/**
 * One parasitized cell of the shipped fold, undisputed, after every change of a report, as small pictures.
 *
 * @returns data addresses by `change:level`
 */
export async function changedCell(
  manifest: readonly ManifestRow[],
  robustness: readonly Pick<ChangedFigures, "change" | "level">[]
): Promise<Record<string, string>> {
  const place = manifest.findIndex(({label, disputed, fold}) => label === "parasitized" && !disputed && fold === 0);
  if (place < 0 || robustness.length === 0) return {};
  const cell = await readPackedCells([place]);
  const pictures = robustness.map(async ({change: name, level}) => {
    const pixels = Buffer.from(await change(cell, name, level));
    const picture = await sharp(pixels, {raw: {width: cellSide, height: cellSide, channels: 3}})
      .webp({quality: 80})
      .toBuffer();
    return [`${name}:${level}`, `data:image/webp;base64,${picture.toString("base64")}`] as const;
  });
  return Object.fromEntries(await Promise.all(pictures));
}
