import {fileName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import {choiceProperty, flagProperty, numberProperty} from "../ui/url-state.js";
import type {Property, UrlState, Values} from "../ui/url-state.js";
import {anyRange} from "./axes.js";
import type {Range} from "./axes.js";
import {sorts, stripOrders} from "./orders.js";
import {formatRegion, noRegion, parseRegion} from "./region.js";
import type {Region} from "./region.js";

/** What the colours of the map may tell. */
export const colourings = ["label", "score", "patient", "fold", "dispute", "error"] as const;
export type Colouring = (typeof colourings)[number];

/** A range written `low..high`; an end left out is open. */
const rangeProperty: Property<Range> = {
  fallback: anyRange,
  parse(text) {
    const parts = text.split("..");
    if (parts.length !== 2) return undefined;
    const [low, high] = parts.map((part, i) => (part.trim() === "" ? [-Infinity, Infinity][i]! : Number(part)));
    return low! < high! ? {low: low!, high: high!} : undefined;
  },
  format({low, high}) {
    const ends = [low, high].map((end) => (Number.isFinite(end) ? String(end) : ""));
    return ends.join("") && ends.join("..");
  },
  expected: "a range such as 0.2..0.8, with the lower end first"
};

const regionProperty: Property<Region> = {
  fallback: noRegion,
  parse: parseRegion,
  format: formatRegion,
  expected: "a circle (x,y,radius) or a polygon (x,y,x,y,x,y,…) on the map"
};

/** The part of the map in view: its centre and how many times it is enlarged. */
export interface MapView {
  x: number;
  y: number;
  zoom: number;
}

const viewProperty: Property<MapView> = {
  fallback: {x: 0, y: 0, zoom: 1},
  parse(text) {
    const [x, y, zoom, ...more] = text.split(",").map(Number);
    const fits = Math.abs(x!) <= 1 && Math.abs(y!) <= 1 && zoom! >= 1 && zoom! <= 64 && more.length === 0;
    return fits ? {x: x!, y: y!, zoom: zoom!} : undefined;
  },
  format: ({x, y, zoom}) => [x, y, zoom].map((value) => Number(value.toFixed(3))).join(),
  expected: "a centre and an enlargement (x,y,zoom) such as 0.2,-0.1,4"
};

/** What the address of the dataset page may say; `cell` is the opened cell's place in the manifest, −1 for none. */
export function datasetTable(cells: Cells) {
  const places = new Map<string, number>();
  const find = (text: string) => {
    if (places.size === 0) for (let i = 0; i < cells.count; i++) places.set(fileName(cells, i), i);
    return places.get(text) ?? places.get(`${text}.png`);
  };
  const patients = new Set(cells.patients);
  const index = numberProperty(-1, {min: 0, max: cells.count - 1, whole: true});
  return {
    label: choiceProperty("any", ["any", "parasitized", "uninfected"]),
    disputed: choiceProperty("any", ["any", "yes", "no"]),
    answer: choiceProperty("any", ["any", "parasitized", "uninfected"]),
    patient: {
      fallback: [] as readonly string[],
      parse(text) {
        const names = text === "any" ? [] : text.split(",");
        return names.every((name) => patients.has(name)) ? [...new Set(names)] : undefined;
      },
      format: (names) => names.join(),
      expected: "patients of the set, such as C100 or C7,C100"
    } satisfies Property<readonly string[]>,
    hue: rangeProperty,
    brightness: rangeProperty,
    frame: rangeProperty,
    score: rangeProperty,
    colour: rangeProperty,
    region: regionProperty,
    sort: choiceProperty("shuffled", sorts),
    reverse: flagProperty(false),
    strip: choiceProperty("cells", stripOrders),
    size: numberProperty(58, {min: 40, max: 160, whole: true}),
    true: flagProperty(true),
    view: viewProperty,
    by: choiceProperty("label", colourings),
    cell: {
      fallback: -1,
      parse: (text) => find(text) ?? index.parse(text),
      format: (place) => (place < 0 ? "" : fileName(cells, place)),
      expected: "the file name of a cell of the set"
    } satisfies Property<number>
  };
}

/** The state of the dataset page. */
export type Selection = Values<ReturnType<typeof datasetTable>>;
export type SelectionState = UrlState<ReturnType<typeof datasetTable>>;

/** The part of the state that says which cells are shown, asking for nothing. */
export const everything = {
  label: "any",
  disputed: "any",
  answer: "any",
  patient: [],
  region: noRegion,
  hue: anyRange,
  brightness: anyRange,
  frame: anyRange,
  score: anyRange,
  colour: anyRange
} satisfies Partial<Selection>;
