import type {PicturePart} from "../image/crop.js";

/** A rectangle on the screen, in CSS pixels. */
export type Box = Pick<DOMRect, "x" | "y" | "width" | "height">;

/** @returns the part of a picture that a box marks, cut off at the picture's rim; null where it marks nothing of it */
export function partOf(box: Box, picture: Box): PicturePart | null {
  const share = (place: number, start: number, length: number) => Math.min(1, Math.max(0, (place - start) / length));
  const [left, right] = [box.x, box.x + box.width].map((place) => share(place, picture.x, picture.width));
  const [top, bottom] = [box.y, box.y + box.height].map((place) => share(place, picture.y, picture.height));
  const part = {x: left!, y: top!, width: right! - left!, height: bottom! - top!};
  return part.width > 0 && part.height > 0 ? part : null;
}

/** How far a key moves a square, and how much larger it makes it, as shares of its side; null for any other key. */
export function stepOf({
  key,
  shiftKey
}: Pick<KeyboardEvent, "key" | "shiftKey">): {x: number; y: number; grow: number} | null {
  const step = shiftKey ? 0.25 : 0.05;
  switch (key) {
    case "ArrowLeft":
      return {x: -step, y: 0, grow: 0};
    case "ArrowRight":
      return {x: step, y: 0, grow: 0};
    case "ArrowUp":
      return {x: 0, y: -step, grow: 0};
    case "ArrowDown":
      return {x: 0, y: step, grow: 0};
    case "+":
    case "=":
      return {x: 0, y: 0, grow: 0.1};
    case "-":
      return {x: 0, y: 0, grow: -0.1};
    default:
      return null;
  }
}
