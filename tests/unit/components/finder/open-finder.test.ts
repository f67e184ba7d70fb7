import {readFileSync} from "node:fs";
import {expect, test, vi} from "vitest";
import type {ModelSource} from "../../../../src/components/engine/download.js";
import {CHANNELS} from "../../../../src/components/finder/decode.js";
import {finderOn, openFinder, parseFinder, testFinder} from "../../../../src/components/finder/open-finder.js";
import type {LoadMaps} from "../../../../src/components/finder/open-finder.js";
import {sha256} from "../../../../src/data/pack/digest.js";
import {shade} from "./support.js";

const directory = "models/finder/";
const metadata = parseFinder(JSON.parse(readFileSync(`${directory}metadata.json`, "utf8")));
const {selfTest} = metadata;

/** Stands in for an engine that gives what the self-test wants, moved by `off`. */
const engineOff = (off: number) => {
  const size = (selfTest.side / 2) ** 2;
  const maps = new Float32Array(size * CHANNELS);
  selfTest.maps.forEach((value, n) => (maps[selfTest.place * CHANNELS + n] = value + off));
  return {run: vi.fn(async () => maps), dispose: vi.fn()};
};

const source: ModelSource = {
  base: "https://site.example/models/finder/",
  sha256: sha256(readFileSync(`${directory}metadata.json`)),
  wasm: {script: "script", binaries: {} as never}
};

async function open(load: LoadMaps, software: string | null = null) {
  vi.stubGlobal("fetch", async (url: string) => new Response(readFileSync(url.replace(source.base, directory))));
  try {
    return await openFinder(source, undefined, load, () => software);
  } finally {
    vi.unstubAllGlobals();
  }
}

test("the shipped metadata are as the site needs them, and what is not is named", () => {
  expect(selfTest.maps).toHaveLength(CHANNELS);
  expect(() => parseFinder({...metadata, selfTest: {...selfTest, maps: ["a"]}})).toThrow(
    "selfTest.maps must be numbers"
  );
});

test("an engine that gives other maps does not pass", async () => {
  await expect(testFinder(engineOff(0.01), metadata)).resolves.toBeUndefined();
  await expect(testFinder(engineOff(0.5), metadata)).rejects.toThrow("other maps");
});

test("the graphics card comes first, and what fails its test gives way to the next", async () => {
  const asked: string[] = [];
  const finder = await open(async (_, backend) => {
    asked.push(backend);
    return engineOff(backend === "webgl" ? 1 : 0);
  });
  expect(asked).toEqual(["webgl", "wasm"]);
  expect(finder.backend).toBe("wasm");
});

test("WebGL in software is not tried", async () => {
  const load = vi.fn<LoadMaps>(async () => engineOff(0));
  expect((await open(load, "SwiftShader")).backend).toBe("wasm");
  expect(load).toHaveBeenCalledTimes(1);
});

test("where nothing works it says why", async () => {
  const load: LoadMaps = async (_, backend) => {
    throw new Error(`No ${backend}.`);
  };
  await expect(open(load)).rejects.toThrow("cannot run in this browser: No webgl. No wasm. No cpu.");
});

test("a field's ground is told once for all its cells", () => {
  const picture = shade(200, [{x: 60, y: 60, radius: 25}]);
  const finder = finderOn(engineOff(0), "cpu");
  const cell = {
    ...({kind: "red", x: 60, y: 60, width: 50, height: 50, certainty: 1} as const),
    outline: Float32Array.of(35, 35, 85, 35, 85, 85, 35, 85)
  };
  const first = finder.cut(picture, cell);
  expect(first).toHaveLength(7500);
  expect(finder.cut(picture, cell)).toEqual(first);
});
