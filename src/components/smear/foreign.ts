import type {Check} from "../gate/gate.js";
import {formatCount} from "../ui/format.js";

/** Share of the judged cells from which on what is foreign about them is said of the field. */
const MANY = 0.25;

const FOREIGN: Partial<Record<Check, string>> = {
  stain:
    "The stain or lamp differs from the training cells', so the colours were brought to theirs and the threshold raised; healthy cells of your own laboratory tell what that is worth (Classify, “Your laboratory”).",
  colour:
    "The colours are not those of stained red cells. Use the photograph as the camera took it, in colour; of anything but a stained thin smear the count means nothing.",
  texture:
    "The cells are smoother or rougher than the training cells: out of focus, noisy or strongly compressed. Take a sharper photograph, or save it with less compression.",
  size: "The cells have fewer pixels than any training cell. Use a higher magnification, or a less reduced picture.",
  features: "The networks have seen no cells quite like these. Look at the suspects one by one."
};

/**
 * What the gate says of many cells of a field, once for all of them.
 * @param checks what is foreign about each judged cell
 */
export function foreignDoubts(checks: readonly (readonly Check[])[]): string[] {
  return Object.entries(FOREIGN).flatMap(([check, sentence]) => {
    const count = checks.filter((each) => each.includes(check as Check)).length;
    if (count === 0 || count < MANY * checks.length) return [];
    return [`${formatCount(count)} of ${formatCount(checks.length)} cells: ${sentence}`];
  });
}
