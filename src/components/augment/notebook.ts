import {checkNumber, checkShape} from "./check.js";
import {pilResize} from "./resize.js";
import {halfEven} from "./sampling.js";
import type {BytePicture} from "./types.js";

/** What the notebook's transforms drew for one picture; what is absent is neutral. */
export interface NotebookDraw {
  /** Counter-clockwise on screen, as torchvision counts, −360…360. */
  readonly degrees?: number;
  readonly flipX?: boolean;
  readonly flipY?: boolean;
}

/** Draws torchvision's `RandomRotation(10)`, `RandomHorizontalFlip()`, `RandomVerticalFlip()`: each flip has p = 0.5. */
export function drawNotebook(random: () => number, maxRotate = 10): NotebookDraw {
  checkNumber("maxRotate", maxRotate, 0, 360);
  return {degrees: (2 * random() - 1) * maxRotate, flipX: random() < 0.5, flipY: random() < 0.5};
}

/** torchvision's `Resize(256)` (the shorter side) and `CenterCrop(224)` on a picture of bytes. */
export function notebookResize(picture: BytePicture): BytePicture {
  checkShape(picture);
  const {width, height} = picture;
  const short = Math.min(width, height);
  const large = pilResize(picture, Math.trunc((256 * width) / short), Math.trunc((256 * height) / short));
  const [left, top] = [halfEven((large.width - 224) / 2), halfEven((large.height - 224) / 2)];
  return read(large, 224, 224, (x, y) => [x + left, y + top]);
}

/** Rotation by nearest pixel with black corners, as Pillow's `rotate`, then the flips. */
export function augmentNotebook(
  picture: BytePicture,
  {degrees = 0, flipX = false, flipY = false}: NotebookDraw
): BytePicture {
  checkShape(picture);
  checkNumber("degrees", degrees, -360, 360);
  const {width, height} = picture;
  const rotated = rotate(picture, degrees);
  return read(rotated, width, height, (x, y) => [flipX ? width - 1 - x : x, flipY ? height - 1 - y : y]);
}

/** Pillow's fixed-point affine transform (`src/libImaging/Geometry.c`): 16 fractional bits, pixel centres at ½. */
function rotate(picture: BytePicture, degrees: number): BytePicture {
  const {width, height} = picture;
  const angle = (-(((degrees % 360) + 360) % 360) * Math.PI) / 180;
  const [cos, sin] = [round15(Math.cos(angle)), round15(Math.sin(angle))];
  const [x0, y0] = [width / 2, height / 2];
  const fixed = (value: number) => Math.floor(value * 65536 + 0.5);
  const startX = fixed(cos * -x0 + sin * -y0 + x0 + cos * 0.5 + sin * 0.5);
  const startY = fixed(-sin * -x0 + cos * -y0 + y0 - sin * 0.5 + cos * 0.5);
  const [alongX, alongY, downX, downY] = [fixed(cos), fixed(-sin), fixed(sin), fixed(cos)];
  return read(picture, width, height, (x, y) => [
    (startX + x * alongX + y * downX) >> 16,
    (startY + x * alongY + y * downY) >> 16
  ]);
}

const round15 = (value: number) => Math.round(value * 1e15) / 1e15;

/** Reads each pixel of the result from a pixel of the picture; black where there is none. */
function read(
  {data, width, height}: BytePicture,
  toWidth: number,
  toHeight: number,
  from: (x: number, y: number) => [number, number]
): BytePicture {
  const out = new Uint8ClampedArray(toWidth * toHeight * 3);
  for (let y = 0, k = 0; y < toHeight; ++y)
    for (let x = 0; x < toWidth; ++x, k += 3) {
      const [column, row] = from(x, y);
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const p = (row * width + column) * 3;
      for (let channel = 0; channel < 3; ++channel) out[k + channel] = data[p + channel]!;
    }
  return {data: out, width: toWidth, height: toHeight};
}
