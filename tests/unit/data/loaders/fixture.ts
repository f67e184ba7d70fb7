import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";

/** A new empty directory. */
export const makeDirectory = () => mkdtempSync(path.join(tmpdir(), "malaria-"));

export const manifestHeader =
  "file,label,disputed,patient,photograph,fold,sheet,slot,width,height,frame,red,green,blue,hue,saturation,brightness,spread";

/** Six cells of three patients: C1 healthy in fold 0, C2 and C30 in folds 0 and 1. */
export const manifestLines = [
  "C1_IMG_20150101_101010_cell_9.png,uninfected,0,C1,C1_IMG_20150101_101010,0,0,0,115,100,0.2444,187.94,149.27,148.05,1.83,0.2123,0.6302,16.52",
  "C1_IMG_20150101_101010_cell_11.png,uninfected,1,C1,C1_IMG_20150101_101010,0,0,1,,,0.25,180,140.5,150,345.57,0.2222,0.601,9.5",
  "C2P1_IMG_20150102_101010_cell_1.png,parasitized,0,C2,C2P1_IMG_20150102_101010,0,0,2,120,130,0.3,170.5,130.25,160,314.91,0.2361,0.5713,20.25",
  "C2P1_IMG_20150102_101010_cell_2.png,uninfected,0,C2,C2P1_IMG_20150102_101010,0,0,3,90,110,0.2,190,150,155,352.5,0.2105,0.6374,12",
  "C30P2_IMG_20150103_101010_cell_7.png,parasitized,1,C30,C30P2_IMG_20150103_101010,1,0,4,140,140,0.28,160,120,170,288,0.2941,0.5399,25",
  "C30P2_IMG_20150104_101010_cell_7.png,parasitized,0,C30,C30P2_IMG_20150104_101010,1,0,5,150,140,0.29,161,121,171,288,0.2924,0.5439,24"
];

/** Writes a directory of packed cells without sheets; `lines` replaces the rows. */
export function writeManifest(lines: readonly string[] = manifestLines, header = manifestHeader): string {
  const directory = makeDirectory();
  writeFileSync(path.join(directory, "manifest.csv"), [header, ...lines, ""].join("\n"));
  return directory;
}

/** The rows with one field of one row changed. */
export function withField(row: number, column: string, value: string): string[] {
  const index = manifestHeader.split(",").indexOf(column);
  return manifestLines.map((line, i) => (i === row ? replaceAt(line.split(","), index, value).join(",") : line));
}

/** A copy of a list with one entry replaced. */
export const replaceAt = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((entry, i) => (i === index ? value : entry));
