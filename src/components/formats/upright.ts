import type {RgbPicture} from "../image/resize.js";

/**
 * Turns a stored picture upright.
 * @param orientation how it was stored, 1…8 as in TIFF 6.0 and EXIF: 2 to 4 mirrored or turned by half, 5 to 8 lying on a
 *   side; any other value is taken for 1, upright already
 */
export function turnUpright(picture: RgbPicture, orientation: number): RgbPicture {
  if (!(orientation >= 2 && orientation <= 8)) return picture;
  const {data, width, height} = picture;
  const lies = orientation >= 5;
  const [columns, rows] = lies ? [height, width] : [width, height];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const turned = new Uint8ClampedArray(data.length);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, to += 3) {
      const [across, down] = lies ? [row, column] : [column, row];
      const x = fromRight ? width - 1 - across : across;
      const y = fromBottom ? height - 1 - down : down;
      const from = (y * width + x) * 3;
      turned[to] = data[from]!;
      turned[to + 1] = data[from + 1]!;
      turned[to + 2] = data[from + 2]!;
    }
  }
  return {data: turned, width: columns, height: rows, channels: 3};
}
