import {basename} from "node:path";
import type {Classifier} from "../../src/components/classifier/client.js";
import type {NetworkName} from "../../src/components/classifier/networks.js";
import type {ModelMetadata} from "../../src/components/engine/metadata.js";
import {verdict} from "../../src/components/engine/verdict.js";
import type {Finder} from "../../src/components/finder/open-finder.js";
import type {SeenPicture} from "../../src/components/gate/gate.js";
import {atFieldOffset} from "../../src/components/smear/field-offset.js";
import {foreignDoubts} from "../../src/components/smear/foreign.js";
import {readField} from "../../src/components/smear/read-field.js";
import type {FieldReading} from "../../src/components/smear/read-field.js";
import {cornerOf} from "../../src/components/smear/records.js";
import type {Row} from "../../src/components/ui/csv.js";
import {decodeInNode} from "../score/decode-in-node.js";

/** Columns of a count, in their order. */
export const COLUMNS = [
  ...(["image", "x", "y", "width", "height", "kind", "p_student", "p_resnet34", "called"] as const)
];

/** What was found in a field, and a row for each thing. */
export interface CountedField {
  reading: FieldReading;
  /** Lengths in pixels of the upright picture, x and y the upper left corner; nothing is called that is no whole red cell. */
  rows: Row[];
}

/** What {@link countPicture} works with. */
export interface CountParts {
  finder: Finder;
  classifier: Pick<Classifier, "judgeFound">;
  /** Says which class ResNet-34's probability calls, and what each network's answers on a field are held against. */
  metadata: Record<NetworkName, Pick<ModelMetadata, "labels" | "positive" | "threshold" | "abstain" | "healthyScore">>;
}

/**
 * Finds and judges all cells of a field, as the page does.
 * @param image what the field is called in the rows
 * @throws Refusal with a sentence for what cannot be read
 */
export async function countPicture(
  image: string,
  bytes: Uint8Array<ArrayBuffer>,
  {finder, classifier, metadata}: CountParts
): Promise<CountedField> {
  const file = new File([bytes], basename(image));
  const reading = await readField(file, {decode: decodeInNode, finder: Promise.resolve(finder)});
  const pictures = reading.pictures.filter((picture): picture is SeenPicture => picture !== null);
  const [student, resnet34] = await Promise.all(
    (["student", "resnet34"] as const).map((name) =>
      pictures.length ? classifier.judgeFound(name, pictures) : Promise.resolve([])
    )
  );
  const [byStudent, byResnet34] = [
    atFieldOffset(student!, metadata.student),
    atFieldOffset(resnet34!, metadata.resnet34)
  ];
  let next = 0;
  const rows = reading.cells.map((cell, n): Row => {
    const row = {image, ...cornerOf(cell), kind: cell.kind};
    if (!reading.pictures[n]) return {...row, p_student: null, p_resnet34: null, called: null};
    const [first, last] = [byStudent[next]!, byResnet34[next]!];
    next++;
    return {...row, p_student: first, p_resnet34: last, called: verdict(last, metadata.resnet34).label};
  });
  const foreign = foreignDoubts([student, resnet34].at(-1)!.map(({doubts}) => doubts));
  return {reading: {...reading, doubts: [...reading.doubts, ...foreign]}, rows};
}

/** The counts of a field in a sentence. */
export function describeCount(rows: readonly Row[]): string {
  const judged = rows.filter(({called}) => called !== null);
  const parasitized = judged.filter(({called}) => called === "parasitized").length;
  const aside = rows.length - judged.length;
  const rest = aside ? `, ${aside} more not judged (cut off, clumped, or no red cell)` : "";
  return `${parasitized} of ${judged.length} red cells called parasitized${rest}`;
}
