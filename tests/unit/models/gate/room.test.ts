import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {ROOM} from "../../../../models/gate/fit.js";
import {ROOMS, fillRooms} from "../../../../models/gate/room.js";
import type {TriedRoom} from "../../../../models/gate/room.js";

const readRooms = (name: string) =>
  (JSON.parse(readFileSync(`models/${name}/gate-measured.json`, "utf8")) as {rooms: TriedRoom[]}).rooms;

test.each(["resnet34", "student"])(
  "with the room that is shipped %s's gate suits laboratories never met, with less it does not",
  (name) => {
    const tried = readRooms(name);
    expect(tried.map(({dyes, distances}) => ({dyes, distances}))).toEqual(ROOMS);
    const worst = tried.map(({refused}) => Math.max(...Object.values(refused)));
    expect(tried.at(-1)).toMatchObject(ROOM);
    expect(worst.at(-1)).toBeLessThanOrEqual(0.05);
    for (const share of worst.slice(0, -1)) expect(share).toBeGreaterThanOrEqual(worst.at(-1)!);
  }
);

test("models/README.md has what was tried", () => {
  const text = readFileSync("models/README.md", "utf8");
  expect(fillRooms(text, readRooms("resnet34"))).toBe(text);
  expect(() => fillRooms("no markers", [])).toThrow("models/README.md must hold");
});
