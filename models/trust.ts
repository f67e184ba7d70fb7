import {noRedSums} from "../src/data/loaders/trust-notes.js";
import {readTrust} from "../src/data/loaders/trust.js";
import type {Figure} from "../src/data/shapes/report.js";
import {replacePart} from "./readme-part.js";

/**
 * Puts the figures of the map and of the gate into the README, between its two markers.
 * @throws Error if a marker is missing
 */
export function fillTrust(readme: string, directory = "models/resnet34"): string {
  const {saliency, gate} = readTrust(directory)!;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const share = ({estimate, low, high}: Figure) => `${percent(estimate)} (${percent(low)}–${percent(high)})`;
  const {stem, layer4} = saliency.shuffled.cascade;
  const kinds = Object.entries(gate.foreign);
  const [white, stopped, doubted] = noRedSums(gate.noRed);
  const [worst, {refused, pictures}] = kinds.reduce((a, b) => (b[1].refused < a[1].refused ? b : a));
  const lines = [
    "| what was asked | of what | found |",
    "|---|---|---|",
    `| does the map's peak lie on the stained parasite? | ${saliency.withParasite} of ${saliency.cells} held-out parasitized cells, those with one by a colour rule | ${share(saliency.onStain)}; within a pixel ${share(saliency.withinOne)}; the cell's centre does in ${percent(saliency.centre.onStain)} and ${percent(saliency.centre.withinOne)} |`,
    `| does the map hang on what was learnt? | ${saliency.shuffled.cells} of them, rank correlation with the map after the weights were shuffled | ${layer4!.rankCorrelation.toFixed(2)} (head and layer 4), ${stem!.rankCorrelation.toFixed(2)} (all) |`,
    `| what does a map cost? | the site's kernels on WebAssembly, processor time | ${saliency.time.ratio.toFixed(2)} × a prediction by the same kernels: ${saliency.time.explainMilliseconds.toFixed(0)} ms and ${saliency.time.predictMilliseconds.toFixed(0)} ms |`,
    `| how many cells are refused? | ${gate.heldOut.pictures.toLocaleString("en")} held-out cells of ${gate.heldOut.patients} patients | ${gate.heldOut.refused} (${percent(gate.heldOut.refused / gate.heldOut.pictures)}) |`,
    `| does it matter what a cell lies on? | ${gate.grounds.pictures} held-out cells, laid on made-up shaded grounds | ${percent(gate.grounds.same / gate.grounds.pictures)} have their probability on black, to 0.05; ${gate.grounds.calledAlike} are called alike, ${gate.grounds.refused} refused |`,
    `| how many foreign pictures? | ${kinds.length} made-up kinds, ${pictures} of each | ${percent(kinds.reduce((sum, [, kind]) => sum + kind.refused / kind.pictures, 0) / kinds.length)}; fewest: ${worst}, ${refused} of ${pictures} |`,
    `| how many white cells and platelets? | ${white} of other laboratories, cut out with a little ground | ${stopped} refused, ${doubted} answered with that doubt |`
  ];
  return replacePart(readme, "trust: npm run saliency, npm run gate", `${lines.join("\n")}\n`);
}
