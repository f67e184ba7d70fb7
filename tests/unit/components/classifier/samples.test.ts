import {execFileSync} from "node:child_process";
import {readFileSync, readdirSync} from "node:fs";
import {expect, test} from "vitest";
import {readSamples} from "../../../../src/components/classifier/samples.js";
import type {StoredSample} from "../../../../src/components/classifier/samples.js";

const folder = "src/data/samples/classify";

test("the page's samples are the committed pictures, byte for byte and by name, with what is known of them", async () => {
  const script = `${folder}/samples.json.ts`;
  const written = execFileSync(process.execPath, ["--import", "tsx", script], {encoding: "utf8"});
  const stored: StoredSample[] = JSON.parse(written);
  const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const samples = readSamples(stored);
  expect(samples.map(({file}) => file.name)).toEqual([...names].sort());
  expect(samples.length).toBe(12);
  for (const [n, {file, ...facts}] of samples.entries()) {
    expect(Buffer.from(await file.arrayBuffer()).equals(readFileSync(`${folder}/${file.name}`)), file.name).toBe(true);
    expect(file.type).toBe("image/png");
    expect(facts).toEqual({label: stored[n]!.label, disputed: stored[n]!.disputed, kind: stored[n]!.kind});
  }
});
