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
