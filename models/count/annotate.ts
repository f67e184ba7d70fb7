import sharp from "sharp";
import type {Row} from "../../src/components/ui/csv.js";
import {decodeInNode} from "../score/decode-in-node.js";
import type {CountedField} from "./count-field.js";

/** How a thing is drawn: parasitized violet and thick, uninfected rose and thin, what is not judged grey and dashed. */
function strokeOf({called}: Row): string {
  if (called === "parasitized") return 'stroke="#6a1b9a" stroke-width="3"';
  if (called === "uninfected") return 'stroke="#d0587e" stroke-width="1.5"';
  return 'stroke="#666666" stroke-width="1.5" stroke-dasharray="4 4"';
}

/** The field with the outlines of all that was found in it, as PNG. */
export async function annotate(bytes: Uint8Array<ArrayBuffer>, {reading, rows}: CountedField): Promise<Buffer> {
  const {data, width, height} = await decodeInNode(bytes);
  const shapes = reading.cells.map(({outline}, n) => {
    const points = Array.from(outline, (value) => value.toFixed(1)).join(" ");
    return `<polygon points="${points}" fill="none" vector-effect="non-scaling-stroke" ${strokeOf(rows[n]!)}/>`;
  });
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join("")}</svg>`;
  return sharp(Buffer.from(data), {raw: {width, height, channels: 3}})
    .composite([{input: Buffer.from(drawing)}])
    .png()
    .toBuffer();
}
