import {expect, test} from "vitest";
import {onTheWay} from "../../../../src/components/kernels/way.js";

const graph = [
  {name: "start", input: []},
  {name: "left", input: ["start"]},
  {name: "right", input: ["start"]},
  {name: "aside", input: ["right"]},
  {name: "sum", input: ["left", "right", "constant"]},
  {name: "end", input: ["sum"]},
  {name: "after", input: ["end"]}
];
const names = (from: string, to: string) => onTheWay(graph, {from, to}, (node) => node).map(({name}) => name);

test("finds what depends on the one and what the other depends on", () => {
  expect(names("end", "start")).toEqual(["left", "right", "sum", "end"]);
  expect(names("sum", "right")).toEqual(["sum"]);
});

test("says so where there is no way", () => {
  for (const [from, to] of [
    ["start", "end"],
    ["aside", "left"],
    ["sum", "sum"],
    ["end", "unknown"]
  ] as const) {
    expect(() => names(from, to)).toThrow(`no way from ${from} back to ${to}`);
  }
});
