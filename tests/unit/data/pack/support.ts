import {mkdtempSync, readFileSync, readdirSync, rmSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import JSZip from "jszip";
import {onTestFinished} from "vitest";

const fixtures = fileURLToPath(new URL("../../../fixtures/archive/", import.meta.url));

/** An empty folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cells-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** Folder with sixteen cells in the NIH layout, at full size or as their 50×50 renditions. */
export function fixtureFolder(kind: "original" | "50px"): string {
  return join(fixtures, kind);
}

/** The same cells as a map from path to content. */
export function fixtureFiles(kind: "original" | "50px"): Map<string, Buffer> {
  const folder = fixtureFolder(kind);
  return new Map(
    (readdirSync(folder, {recursive: true}) as string[])
      .filter((path) => path.endsWith(".png"))
      .sort()
      .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path))])
  );
}

/** Writes a zip of the given files, and returns its path. */
export async function writeZip(files: Map<string, Buffer>, folder = temporaryFolder()): Promise<string> {
  const zip = new JSZip();
  for (const [path, content] of files) zip.file(path, content);
  const path = join(folder, "cells.zip");
  await writeFile(path, await zip.generateAsync({type: "nodebuffer", compression: "DEFLATE"}));
  return path;
}

/** Content of every file in a folder, by name. */
export function readFolder(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
