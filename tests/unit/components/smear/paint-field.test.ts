import {expect, test} from "vitest";
import {cellAt as cellUnder, lookOf, paintOutlines} from "../../../../src/components/smear/paint-field.js";
import {cellAt, judgedAt, networks} from "./support.js";

test("a cell looks as a person says, else as the networks say", () => {
  const looks = [
    judgedAt(0, 0, 0.9),
    judgedAt(0, 0, 0.62),
    judgedAt(0, 0, 0.1),
    cellAt(0, 0),
    cellAt(0, 0, {kind: "platelet"}),
    judgedAt(0, 0, 0.9, {mark: "no cell"}),
    judgedAt(0, 0, 0.62, {mark: "uninfected"}),
    cellAt(0, 0, {kind: "clump", mark: "parasitized"})
  ].map((cell) => lookOf(cell, networks));
  expect(looks).toEqual([
    "parasitized",
    "close",
    "uninfected",
    "unjudged",
    "other",
    "none",
    "uninfected",
    "parasitized"
  ]);
});

test("a press meets the cell under it, the nearer of two, or none", () => {
  const cells = [cellAt(50, 50), cellAt(65, 50), cellAt(150, 50)];
  expect(
    [
      [50, 50],
      [59, 50],
      [57, 50],
      [150, 59],
      [158, 58],
      [100, 50]
    ].map(([x, y]) => cellUnder(cells, x!, y!))
  ).toEqual([0, 1, 0, 2, null, null]);
});

test("each class is drawn in its colour and by its shape, what matters last", () => {
  const calls: string[] = [];
  const canvas = {width: 400, height: 200};
  const context = new Proxy(
    {canvas},
    {
      get: (target, name) =>
        name === "canvas"
          ? target.canvas
          : (...values: unknown[]) => void calls.push(`${String(name)} ${values.map(String).join(" ")}`),
      set: (_, name, value) => calls.push(`${String(name)}=${String(value)}`) > 0
    }
  ) as unknown as CanvasRenderingContext2D;
  const cells = [
    judgedAt(50, 50, 0.9),
    judgedAt(100, 50, 0.1),
    cellAt(150, 50, {kind: "white"}),
    judgedAt(900, 50, 0.9)
  ];
  paintOutlines(context, {cells, networks, chosen: 1, unit: 1, placement: {k: 2, x: 0, y: 0}, token: (name) => name});
  const colours = calls.flatMap((call) => /^strokeStyle=(--.*)$/.exec(call)?.[1] ?? []);
  expect([...new Set(colours)]).toEqual([
    "--color-muted",
    "--color-uninfected",
    "--color-parasitized",
    "--color-accent"
  ]);
  expect(calls).toContain("fillStyle=--color-parasitized");
  expect(calls.some((call) => call.startsWith("fillText W "))).toBe(true);
  // The one outside is not drawn.
  expect(calls.filter((call) => call === "closePath ").length).toBe(3);
});
