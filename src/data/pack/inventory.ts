import {group} from "d3";
import type {Label} from "../shapes/cells.js";
import type {ArchiveFile} from "./archive.js";

/**
 * Compares the names in an archive with the official patient lists.
 *
 * @param files what the archive holds
 * @param labels label of every listed cell, by file name
 * @param partial whether the archive may lack cells
 * @returns one sentence for each name that is there twice, not in the lists, in the wrong class folder, or missing
 */
export function inventoryProblems(
  files: Pick<ArchiveFile, "file" | "label" | "path">[],
  labels: Map<string, Label>,
  partial: boolean
): string[] {
  const byName = group(files, ({file}) => file);
  const problems: string[] = [];
  for (const [file, same] of byName) {
    const listed = labels.get(file);
    if (same.length > 1)
      problems.push(`${file} is there ${same.length} times: ${same.map(({path}) => path).join(", ")}`);
    else if (!listed) problems.push(`${same[0]!.path} is missing from the patient lists`);
    else if (listed !== same[0]!.label) problems.push(`${same[0]!.path} is ${listed} in the patient lists`);
  }
  if (!partial) {
    for (const file of labels.keys()) if (!byName.has(file)) problems.push(`${file} is missing from the archive`);
  }
  return problems;
}
