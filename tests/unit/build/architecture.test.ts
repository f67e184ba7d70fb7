import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {architectureFile, drawRooms, readRooms} from "../../../src/build/architecture.js";

test("the picture in CONTRIBUTING is what the imports are today (npx tsx src/build/architecture.ts)", async () => {
  const rooms = await readRooms();
  expect(rooms.get("pages")!.has("ui")).toBe(true);
  expect(rooms.size).toBeGreaterThan(12);
  expect(readFileSync(architectureFile, "utf8")).toBe(drawRooms(rooms));
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
