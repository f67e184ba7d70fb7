import {readFileSync, readdirSync} from "node:fs";
import {basename} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {openFiles} from "../../../../models/score/files.js";
import {openScorer} from "../../../../models/score/scorer.js";
import type {Scored} from "../../../../models/score/scorer.js";
import {CASES, SAME_CELL} from "../../../fixtures/cases.js";
import type {Case} from "../../../fixtures/cases.js";

// The files that people bring, by value, with the shipped networks.

const FOLDER = "tests/fixtures/cases";
let score: (path: string) => Promise<Scored>;
let same: number;

beforeAll(async () => {
  const scorer = await openScorer();
  score = (path) => scorer({path, bytes: new Uint8Array(readFileSync(`${FOLDER}/${path}`))});
  same = (await score(SAME_CELL)).row.p_resnet34 as number;
  expect(same).toBeCloseTo(0.9728, 3);
});

async function expectCase({path, refused, called, p = same, within = 1e-3, caution}: Case): Promise<void> {
  const {row} = await score(path);
  expect(row).toMatchObject({file: basename(path), path, called: called ?? null});
  if (refused) expect(row).toMatchObject({refused: expect.stringMatching(refused), p_resnet34: null});
  else expect(Math.abs((row.p_resnet34 as number) - p)).toBeLessThanOrEqual(within);
  if (caution) expect(row.caution).toMatch(caution);
}

const name = ({path, refused, called}: Case) => [path, refused ? "has its sentence" : `is called ${called}`].join(" ");
describe("each file is answered, or refused with the reason", () => {
  test.each(CASES.map((one) => [name(one), one] as const))("%s", (_, one) => expectCase(one));
});

test("no file is without its line", () => {
  const files = readdirSync(FOLDER, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(FOLDER.length + 1))
    .filter((path) => path.includes("/") && !["names/slides.zip", "kinds/Thumbs.db"].includes(path));
  expect(CASES.map(({path}) => path).sort()).toEqual(files.sort());
});

test("a microscope's own file counts as not read", async () => {
  expect((await score("kinds/zeiss.czi")).isRead).toBe(false);
  expect((await score("grey/P00-grey.png")).isRead).toBe(true);
});

test("a folder as people keep it: seven pictures by their paths, in whatever script, and what lies beside them skipped", async () => {
  const {files, skipped, close} = await openFiles(`${FOLDER}/names/slides.zip`);
  expect(skipped).toBe(4);
  const paths: string[] = [];
  for await (const {path} of files()) paths.push(path);
  expect(paths.filter((path) => path.endsWith("/cell_1.png"))).toEqual([
    "slides/patient 1/fields/cell_1.png",
    "slides/patient 2/fields/cell_1.png"
  ]);
  expect(paths).toHaveLength(7);
  expect(paths.some((path) => path.startsWith("slides/患者４/"))).toBe(true);
  await close();
  expect((await openFiles(`${FOLDER}/kinds`)).skipped).toBe(1);
});
