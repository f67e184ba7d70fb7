import {expect, test} from "vitest";
import {anyRange} from "../../../../src/components/explorer/axes.js";
import {datasetTable} from "../../../../src/components/explorer/selection.js";
import {readQuery, writeQuery} from "../../../../src/components/ui/url-state.js";
import {cells, rows} from "./support.js";

const table = datasetTable(cells);

test("the whole state stands in the address and comes back", () => {
  const query =
    "?label=parasitized&disputed=no&patient=C7%2CC100&hue=-60..&brightness=..0.6&score=0.25..0.75&region=0.1%2C0.2%2C0.3&sort=score&reverse=1&strip=hue&size=80&true=0&view=0.2%2C-0.1%2C4";
  const {values, problems} = readQuery(table, `${query}&cell=${rows[1000]!.file}`);
  expect(problems).toEqual([]);
  expect(values).toMatchObject({
    label: "parasitized",
    patient: ["C7", "C100"],
    hue: {low: -60, high: Infinity},
    cell: 1000,
    size: 80,
    brightness: {low: -Infinity, high: 0.6},
    frame: anyRange,
    region: {kind: "circle", radius: 0.3},
    reverse: true
  });
  expect(readQuery(table, writeQuery(table, values)).values).toEqual(values);
});

test("a cell is named by its file, with or without its ending; its place in the manifest still leads to it", () => {
  const {file} = rows[27_557]!;
  for (const name of [file, file.replace(".png", ""), "27557"]) {
    expect(readQuery(table, `?cell=${name}`).values.cell).toBe(27_557);
  }
  expect(writeQuery(table, readQuery(table, "?cell=27557").values)).toBe(`?cell=${file}`);
});

test("nonsense falls back and is named", () => {
  const nonsense = [
    "patient=C999",
    "hue=5",
    "hue=9..2",
    "hue=a..b",
    "region=1,2",
    "view=0,0,100",
    "cell=cat.png",
    "size=7",
    "sort=cat"
  ];
  for (const part of nonsense) {
    const {values, problems} = readQuery(table, `?${part}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(part);
    expect(writeQuery(table, values)).toBe("");
  }
});
