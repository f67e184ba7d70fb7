import {readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {dsvFormat} from "d3-dsv";
import {labels as bothLabels} from "../shapes/cells.js";
import type {Label} from "../shapes/cells.js";

/** What the official lists in `src/data/sources/` say about every cell, by file name. */
export interface Sources {
  /** Label of each of the 27,558 cells, from the patient lists. */
  labels: Map<string, Label>;
  /** Cells that Fuhad et al. 2020 call the other class. */
  disputed: Set<string>;
  /** Width and height in pixels of the full-size crop, where known. */
  sizes: Map<string, {width: number; height: number}>;
  /** SHA-256 (hex) of the full-size original. */
  digests: Map<string, string>;
}

/** Reads the lists kept in `src/data/sources/`, which travel with the project. */
export async function readSources(): Promise<Sources> {
  const labels = new Map<string, Label>();
  const disputed = new Set<string>();
  for (const label of bothLabels) {
    for (const file of parsePatientList(await readSource(`patientid_cellmapping_${label}.csv`)))
      labels.set(file, label);
    for (const row of parseRows(await readSource(`False_${label}.csv`))) disputed.add(row[1]!);
  }
  const sizes = parseRows(await readSource("original-sizes.csv")).map(
    ([file, width, height]) => [file!, {width: Number(width), height: Number(height)}] as const
  );
  const digests = parseRows(await readSource("originals-sha256.tsv"), "\t").map(
    ([file, , digest]) => [file!, digest!] as const
  );
  return {labels, disputed, sizes: new Map(sizes), digests: new Map(digests)};
}

function readSource(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`../sources/${name}`, import.meta.url)), "utf8");
}

function parseRows(text: string, delimiter = ","): string[][] {
  return dsvFormat(delimiter).parseRows(text).slice(1);
}

/**
 * File names in an official patient list (`patientid_cellmapping_*.csv`), in its order. A line is a patient key, then a
 * Python list of quoted names that spills over the comma-separated fields, then empty fields.
 *
 * @throws Error if a file is listed twice, or under a key whose C-number is not its own.
 */
export function parsePatientList(text: string): string[] {
  const files = new Set<string>();
  for (const line of text.split("\n")) {
    const key = line.slice(0, line.indexOf(","));
    for (const [, file] of line.matchAll(/'([^']+)'/g)) {
      if (patientOf(file!) !== patientOf(key)) throw new Error(`${file} is listed under the patient key ${key}.`);
      if (files.has(file!)) throw new Error(`${file} is listed twice in the patient list.`);
      files.add(file!);
    }
  }
  return [...files];
}

function patientOf(name: string): string | undefined {
  return /^C\d+/.exec(name)?.[0];
}
