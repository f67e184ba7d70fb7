import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {JSDOM} from "jsdom";
import {onTestFinished} from "vitest";
import type {Page} from "../../../src/build/bundle.js";

/** Makes a temporary folder with the given files, removed when the test is over; returns its path. */
export function makeFolder(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "malaria-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The page that `html` is, at `file` in a site, with what it is written as. */
export function parsePage(html: string, file = "index.html"): Page & {text(): string} {
  const dom = new JSDOM(html);
  return {file, document: dom.window.document, text: () => dom.serialize()};
}
