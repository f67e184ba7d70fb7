import {parse} from "csv-parse/sync";

/**
 * File names in an official patient list (`patientid_cellmapping_*.csv`), in its order. A row is a patient key, then a
 * Python list of quoted names that spills over the comma-separated fields, then empty fields.
 *
 * @throws Error if a file is listed twice, or under a key whose C-number is not its own.
 */
export function parsePatientList(text: string): string[] {
  const files = new Set<string>();
  for (const [key = "", ...fields] of parse(text, {relax_quotes: true, relax_column_count: true}) as string[][]) {
    const patient = /^C\d+/.exec(key)?.[0];
    for (const [, file] of fields.join(",").matchAll(/'([^']+)'/g)) {
      if (/^C\d+/.exec(file!)?.[0] !== patient) throw new Error(`${file} is listed under the patient key ${key}.`);
      if (files.has(file!)) throw new Error(`${file} is listed twice in the patient list.`);
      files.add(file!);
    }
  }
  return [...files];
}
