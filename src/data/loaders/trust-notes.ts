import type {Trust} from "../shapes/trust.js";

/** Share of a kind from which on the gate counts as telling it. */
const TOLD = 0.5;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** @returns a sentence for under a map; empty where nothing was measured */
export function mapNote(trust: Trust | null): string {
  if (!trust) return "";
  const {withParasite, patients, onStain, centre} = trust.saliency;
  return `On ${withParasite} held-out cells of ${patients} patients with a visibly stained parasite its peak lay on the stain in ${percent(onStain.estimate)} (95 % interval ${percent(onStain.low)} to ${percent(onStain.high)}); the cell's centre does in ${percent(centre.onStain)}.`;
}

/** @returns a sentence about the refusals; empty where nothing was measured */
export function gateNote(trust: Trust | null): string {
  if (!trust) return "";
  const {heldOut, foreign, noRed} = trust.gate;
  const [white, stopped, doubted] = noRedSums(noRed);
  const shares = Object.entries(foreign);
  const kinds = shares.filter(([, kind]) => kind.refused >= TOLD * kind.pictures);
  const untold = shares.filter((kind) => !kinds.includes(kind)).map(([kind]) => kind);
  const all = kinds.reduce((sum, [, {pictures}]) => sum + pictures, 0);
  const plain = kinds.reduce((sum, [, kind]) => sum + kind.pictures - kind.refused - kind.cautioned, 0);
  const refused = kinds.reduce((sum, [, kind]) => sum + kind.refused, 0);
  return [
    `Of ${heldOut.pictures.toLocaleString("en")} held-out cells ${heldOut.refused} (${percent(heldOut.refused / heldOut.pictures)}) are refused.`,
    `Of made-up foreign pictures (${kinds.map(([kind]) => kind).join(", ")}) ${percent(refused / all)} are refused, and ${percent(plain / all)} get an answer without a caution.`,
    ...(untold.length
      ? [`A made-up ${untold.join(" or ")} is taken for a red cell, and answered with a caution.`]
      : []),
    `Of ${white} white cells and platelets of other laboratories ${stopped} are refused and ${doubted} doubted: leave them out yourself.`
  ].join(" ");
}

/** White cells and platelets of all laboratories: how many, how many are refused, and how many doubted. */
export function noRedSums(noRed: Trust["gate"]["noRed"]): [pictures: number, refused: number, doubted: number] {
  const sum = (name: "pictures" | "refused" | "doubted") => noRed.reduce((all, each) => all + each[name], 0);
  return [sum("pictures"), sum("refused"), sum("doubted")];
}
