import {execFile} from "node:child_process";
import {promisify} from "node:util";
import {expect, test} from "vitest";
import {makeDirectory, withField, writeManifest} from "./fixture.js";

const run = (loader: string, environment: Record<string, string>) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", `src/data/${loader}.json.ts`], {
    env: {...process.env, ...environment},
    maxBuffer: 1e8
  });

test("a loader writes JSON, twice the same", async () => {
  const environment = {MALARIA_CELLS: writeManifest()};
  const [first, second] = [await run("cells", environment), await run("cells", environment)];
  expect(JSON.parse(first.stdout)).toMatchObject({count: 6});
  expect(second.stdout).toBe(first.stdout);
});

test("a malformed row ends the loader with code 1 and one sentence", async () => {
  const environment = {MALARIA_CELLS: writeManifest(withField(2, "label", "cat"))};
  await expect(run("dataset", environment)).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/manifest\.csv, row 4: label must be parasitized or uninfected, but is “cat”\n$/)
  });
});

test("a model that is not there ends its loader too", async () => {
  await expect(run("training", {MALARIA_MODEL: makeDirectory()})).rejects.toMatchObject({code: 1, stdout: ""});
});
