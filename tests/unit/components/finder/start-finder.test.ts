import {readFileSync} from "node:fs";
import {expect, test, vi} from "vitest";
import type {ModelSource} from "../../../../src/components/engine/download.js";
import {CHANNELS} from "../../../../src/components/finder/decode.js";
import {parseFinder, startFinder, testFinder} from "../../../../src/components/finder/start-finder.js";
import type {LoadMaps} from "../../../../src/components/finder/start-finder.js";
import {sha256} from "../../../../src/data/pack/digest.js";

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
    return await startFinder(source, undefined, load, () => software);
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
