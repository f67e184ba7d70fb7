import {cellPixels, cellSide, cellValues} from "../../data/shapes/cells.js";
import {toRgba} from "../augment/pixels.js";

/**
 * Saves a cell as JPEG and reads it again, with the browser's own coder.
 * @param cell 50×50 RGB pixels
 * @param quality 1…100
 */
export async function throughJpeg(cell: Uint8ClampedArray, quality: number): Promise<Uint8ClampedArray> {
  const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true})!;
  const {canvas} = context;
  canvas.width = canvas.height = cellSide;
  const pixels = toRgba({data: cell, width: cellSide, height: cellSide}, 1);
  context.putImageData(new ImageData(pixels, cellSide, cellSide), 0, 0);
  const file = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no JPEG"))), "image/jpeg", quality / 100)
  );
  const picture = await createImageBitmap(file);
  context.drawImage(picture, 0, 0);
  picture.close();
  const {data} = context.getImageData(0, 0, cellSide, cellSide);
  const out = new Uint8ClampedArray(cellValues);
  for (let pixel = 0; pixel < cellPixels; pixel++) out.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return out;
}
