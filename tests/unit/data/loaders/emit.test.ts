import {execFile} from "node:child_process";
import {mkdirSync, writeFileSync} from "node:fs";
import path from "node:path";
import {promisify} from "node:util";
import {expect, test} from "vitest";
import {openCells} from "../../../../src/components/gallery/cells.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {bufferOf} from "../../components/explorer/support.js";
import {makeDirectory, withField, writeManifest} from "./fixture.js";

const run = (loader: string, environment: Record<string, string>) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", `src/data/${loader}.ts`], {
    env: {...process.env, ...environment},
    encoding: "latin1",
    maxBuffer: 1e8
  });

test("a loader writes JSON, twice the same", async () => {
  const environment = {MALARIA_CELLS: writeManifest()};
  const [first, second] = await Promise.all([run("dataset.json", environment), run("dataset.json", environment)]);
  expect(JSON.parse(first.stdout)).toMatchObject({cells: 6});
  expect(second.stdout).toBe(first.stdout);
});

test("a loader writes bytes as they are", async () => {
  const {stdout} = await run("cells.arrow", {MALARIA_CELLS: writeManifest()});
  expect(openCells(bufferOf(Buffer.from(stdout, "latin1"))).count).toBe(6);
});

test("a malformed row ends the loader with code 1 and one sentence", async () => {
  const environment = {MALARIA_CELLS: writeManifest(withField(2, "label", "cat"))};
  await expect(run("dataset.json", environment)).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/manifest\.csv, row 4: label must be parasitized or uninfected, but is \S+cat/)
  });
});

test("a model that is not there ends its loader too", async () => {
  await expect(run("training.json", {MALARIA_MODEL: makeDirectory()})).rejects.toMatchObject({code: 1, stdout: ""});
});

test(
  "a score that is no number ends the loaders of the evaluation page, by file and row",
  {timeout: 120_000},
  async () => {
    const cells = writeManifest();
    const model = path.join(makeDirectory(), "resnet34");
    mkdirSync(model);
    const rows = readManifest(cells).map(({file, label, patient, fold}) => [file, label, patient, fold, "NaN"].join());
    writeFileSync(path.join(model, "predictions.csv"), ["file,label,patient,fold,p_parasitized", ...rows].join("\n"));
    const environment = {MALARIA_CELLS: cells, MALARIA_MODEL: model};
    for (const loader of ["evaluation.json", "scores.zip"]) {
      await expect(run(loader, environment)).rejects.toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/resnet34\/predictions\.csv, row 2: p_parasitized must be a number from 0 to 1/)
      });
    }
  }
);
