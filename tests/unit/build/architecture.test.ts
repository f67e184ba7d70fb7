import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path/posix";
import {expect, test} from "vitest";
import {architectureFile, drawRooms, reach, readImports, readRooms} from "../../../src/build/architecture.js";
import {listFiles} from "../../../src/build/files.js";

test("the picture in CONTRIBUTING is what the imports are today (npx tsx src/build/architecture.ts)", async () => {
  const rooms = await readRooms();
  expect(rooms.get("pages")!.has("ui")).toBe(true);
  expect(rooms.size).toBeGreaterThan(12);
  expect(readFileSync(architectureFile, "utf8")).toBe(drawRooms(rooms));
});

test("no room takes from one that takes from it, on whatever way", async () => {
  const rooms = await readRooms();
  expect([...rooms.keys()].filter((room) => reach(rooms, room).has(room))).toEqual([]);
  const circle = new Map(
    [
      ["a", "b"],
      ["b", "c"],
      ["c", "a"]
    ].map(([from, to]) => [from!, new Set([to!])])
  );
  expect(reach(circle, "a")).toContain("a");
});

test("no module needs itself, on whatever way", async () => {
  const modules = await readImports((file) => file);
  expect(modules.get("src/components/classifier/client.ts")).toContain("src/components/classifier/lane.ts");
  expect([...modules.keys()].filter((file) => reach(modules, file).has(file))).toEqual([]);
});

test("no two functions that modules give out share a name", async () => {
  const sources = [...(await listFiles("src")), ...(await listFiles("models"))];
  const places = sources
    .filter((file) => file.endsWith(".ts") && !/\.observablehq|\/assembly\//.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(file, "utf8").matchAll(
          /^export (?:async )?(?:function\*? |const (?=\w+ = (?:async )?\())(\w+)/gm
        )
      ].map(([, name]) => ({file, name: name!}))
    );
  expect(places.length).toBeGreaterThan(500);
  const first = new Map(places.map(({file, name}) => [name, file]).reverse() as [string, string][]);
  expect(places.filter(({file, name}) => first.get(name) !== file)).toEqual([]);
});

test("a page's cells import only modules of src/components/ and packages of package.json", async () => {
  const pages = (await listFiles("src")).filter((file) => file.endsWith(".md") && !file.includes(".observablehq"));
  const {dependencies} = JSON.parse(readFileSync("package.json", "utf8")) as {dependencies: Record<string, string>};
  const imports = pages.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/^```js[^\n]*\n([^]*?)^```$/gm)]
      .flatMap(([, code]) => [...code!.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)])
      .map(([, name]) => ({page, name: name!}))
  );
  expect(pages.length).toBeGreaterThan(8);
  expect(imports.length).toBeGreaterThan(20);
  const forbidden = imports.filter(({page, name}) => {
    if (!name.startsWith(".")) return !(name in dependencies);
    const file = join(dirname(page), name.replace(/\.js$/, ".ts"));
    return !file.startsWith("src/components/") || !existsSync(file);
  });
  expect(forbidden).toEqual([]);
});

test("a room lies above what it takes from, and an arrow is left out where others lead the same way", () => {
  const svg = drawRooms(
    new Map([
      ["pages", new Set(["charts", "ui"])],
      ["charts", new Set(["ui"])],
      ["ui", new Set<string>()]
    ])
  );
  const top = (room: string) => Number(new RegExp(`y="(\\d+)">${room}<`).exec(svg)![1]);
  expect([top("pages") < top("charts"), top("charts") < top("ui")]).toEqual([true, true]);
  expect(svg.match(/<path d="M\d+ \d+C/g)).toHaveLength(2);
  expect(svg).toContain("pages takes from charts, ui; charts takes from ui; ui takes from no other.");
});
