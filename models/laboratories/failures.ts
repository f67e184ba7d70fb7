import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {ascending, group} from "d3";
import {csvParse} from "d3-dsv";
import sharp from "sharp";
import {logOdds} from "../../src/components/metrics/calibration.js";
import {labels} from "../../src/data/shapes/cells.js";
import type {LaboratoryFailure} from "../../src/data/shapes/failures.js";
import {LABORATORIES, readLaboratory} from "./cells.js";

/** Most failures that are shown, and most of one laboratory. */
const [MOST, MOST_OF_ONE] = [12, 3];
/** Side of a picture as it is shown, in pixels. */
const SIDE = 96;

/** A row of `laboratories.csv`; "unmet" is what becomes of the cell by a gate that was fitted without its laboratory. */
export type LaboratoryRow = Record<
  "laboratory" | "image" | "x" | "y" | "label" | "probability unmet" | "refused unmet" | "cautions unmet",
  string
>;

/**
 * The answers that were most wrong in laboratories never met: of cells whose licence lets them be shown, at most three of
 * a laboratory, those first whose probability lies furthest on the wrong side of the threshold, as logits.
 */
export function chooseFailures<Row extends LaboratoryRow>(rows: readonly Row[], threshold: number): Row[] {
  const wrongBy = ({label, "probability unmet": probability}: Row) =>
    (label === labels[0] ? -1 : 1) * (logOdds(Number(probability)) - logOdds(threshold));
  const wrong = rows
    .filter((row) => LABORATORIES[row.laboratory]!.teaches && !row["refused unmet"])
    .filter((row) => wrongBy(row) > 0 || (row.label !== labels[0] && Number(row["probability unmet"]) === threshold))
    .sort((a, b) => wrongBy(b) - wrongBy(a));
  return [...group(wrong, ({laboratory}) => laboratory).values()]
    .flatMap((own) => own.slice(0, MOST_OF_ONE))
    .sort((a, b) => wrongBy(b) - wrongBy(a))
    .slice(0, MOST)
    .sort((a, b) => ascending(a.label, b.label));
}

/**
 * Writes `failures.json` beside a model's `laboratories.csv`: its failures with their pictures and credits.
 * @param archives holds the laboratories' archives
 * @param most as many cells of each label as `laboratories.csv` was made of
 */
export async function writeFailures(
  directory: string,
  archives: string,
  {threshold, most}: {threshold: number; most: number}
) {
  const rows = csvParse(readFileSync(path.join(directory, "laboratories.csv"), "utf8")) as unknown as LaboratoryRow[];
  const chosen = chooseFailures(rows, threshold);
  const failures: LaboratoryFailure[] = [];
  for (const [name, own] of group(chosen, ({laboratory}) => laboratory)) {
    const {title, licence, credit} = LABORATORIES[name]!;
    const cells = await readLaboratory(archives, name, most);
    for (const row of own) {
      const {picture} = cells.find(
        (cell) => path.basename(cell.image) === row.image && cell.x === +row.x && cell.y === +row.y
      )!;
      const jpeg = await sharp(Buffer.from(picture.data), {raw: picture})
        .resize(SIDE, SIDE, {fit: "contain", background: "#000"})
        .jpeg({quality: 85})
        .toBuffer();
      failures.push({
        laboratory: title,
        licence,
        credit,
        image: row.image,
        label: row.label as LaboratoryFailure["label"],
        probability: Number(row["probability unmet"]),
        cautions: row["cautions unmet"].split(" ").filter(Boolean),
        jpeg: jpeg.toString("base64")
      });
    }
  }
  failures.sort((a, b) => ascending(a.label, b.label) || ascending(a.laboratory, b.laboratory));
  writeFileSync(path.join(directory, "failures.json"), `${JSON.stringify({side: SIDE, failures}, null, 1)}\n`);
}
