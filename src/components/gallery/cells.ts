import {tableFromIPC} from "@uwdata/flechette";
import type {Column, Table} from "@uwdata/flechette";
import {labels} from "../../data/shapes/cells.js";
import type {Label} from "../../data/shapes/cells.js";
import {figureScales} from "../../data/shapes/columns.js";
import type {FigureName} from "../../data/shapes/columns.js";
import {hueAndSaturation} from "../../data/shapes/manifest.js";
import {formatFigure, formatPercent} from "../ui/format.js";

/** All cells as typed arrays, one entry a cell, in sheet order. */
export interface Cells extends Record<FigureName, Float64Array> {
  count: number;
  patients: readonly string[];
  photographs: readonly string[];
  /** 0 parasitized, 1 uninfected: an index into {@link labels}. */
  label: Uint8Array;
  /** 1 where the second opinion (Fuhad et al. 2020) names the other class. */
  disputed: Uint8Array;
  /** Index into `patients`. */
  patient: Uint16Array;
  /** Index into `photographs`. */
  photograph: Uint16Array;
  fold: Uint8Array;
  /** The number at the end of the file name. */
  number: Float64Array;
  /** Size of the full-size crop in pixels, 0 where unknown. */
  width: Float64Array;
  height: Float64Array;
  /** Mean colour of the pixels in the cell, 0…255. */
  red: Float64Array;
  green: Float64Array;
  blue: Float64Array;
  /** Share of black frame in the picture, 0…1. */
  frame: Float64Array;
  /** Hue of the mean colour in degrees, 0…360. */
  hue: Float64Array;
  /** Mean luma of the cell as a share of white, 0…1. */
  brightness: Float64Array;
  /** Standard deviation of green in the cell. */
  spread: Float64Array;
}

/**
 * Opens `src/data/cells.arrow`.
 *
 * @throws Error when a column is missing
 */
export function openCells(buffer: ArrayBuffer): Cells {
  const table = tableFromIPC(buffer);
  const column = (name: string) => arrowColumn(table, name);
  const figures = Object.entries(figureScales).map(([name, scale]) => [
    name,
    new Float64Array(column(name).toArray() as Uint16Array).map((value) => value / scale)
  ]);
  const patient = encode(column("patient"));
  const photograph = encode(column("photograph"));
  const label = encode(column("label"));
  const places = label.names.map((name) => labels.indexOf(name as Label));
  return {
    count: table.numRows,
    patients: patient.names,
    patient: patient.codes,
    photographs: photograph.names,
    photograph: photograph.codes,
    label: new Uint8Array(label.codes).map((code) => places[code]!),
    disputed: Uint8Array.from(column("disputed").toArray() as ArrayLike<boolean>, Number),
    fold: new Uint8Array(column("fold").toArray() as Uint8Array),
    ...(Object.fromEntries(figures) as Record<FigureName, Float64Array>)
  };
}

/** The names of a column of text that has a dictionary, and the place of each row's name among them. */
function encode(column: Column<unknown>): {names: string[]; codes: Uint16Array} {
  const {dictionary, values} = column.data[0] as unknown as DictionaryBatch;
  return {names: [...dictionary], codes: new Uint16Array(values.subarray(0, column.length))};
}

/** What a column with a dictionary is made of; it has one batch, as `packCells` writes it. */
interface DictionaryBatch {
  dictionary: Iterable<string>;
  values: Uint8Array | Uint16Array;
}

/** The file name of a cell in the archive. */
export function fileName(cells: Cells, index: number): string {
  return `${cells.photographs[cells.photograph[index]!]!}_cell_${cells.number[index]!}.png`;
}

/** The label of a cell as a word; `other` gives the class that it was not given. */
export function labelName(cells: Cells, index: number, {other = false} = {}): Label {
  return labels[other ? 1 - cells.label[index]! : cells.label[index]!]!;
}

/** The patient of a cell: C100. */
export function patientName(cells: Cells, index: number): string {
  return cells.patients[cells.patient[index]!]!;
}

/** A cell in one line, for screen readers: "parasitized, disputed, patient C100". */
export function describeCell(cells: Cells, index: number): string {
  const disputed = cells.disputed[index] ? ", disputed" : "";
  return `${labelName(cells, index)}${disputed}, patient ${patientName(cells, index)}`;
}

/** All that is known about a cell, as names and values to show. */
export function cellFacts(cells: Cells, index: number): [name: string, value: string][] {
  const [red, green, blue] = [cells.red[index]!, cells.green[index]!, cells.blue[index]!];
  const {saturation} = hueAndSaturation(red, green, blue);
  const [width, height] = [cells.width[index]!, cells.height[index]!];
  return [
    ["File", fileName(cells, index)],
    ["Patient", patientName(cells, index)],
    ["Photograph", cells.photographs[cells.photograph[index]!]!],
    ["Label", labelName(cells, index)],
    [
      "Second opinion",
      `${labelName(cells, index, {other: Boolean(cells.disputed[index])})}${cells.disputed[index] ? " (disputed)" : " (agrees)"}`
    ],
    ["Original size", width > 0 ? `${width} × ${height} px` : "not known"],
    ["Fold", String(cells.fold[index])],
    ["Mean colour", `red ${formatFigure(red, 0)}, green ${formatFigure(green, 0)}, blue ${formatFigure(blue, 0)}`],
    ["Hue, saturation", `${formatFigure(cells.hue[index]!, 0)}°, ${formatFigure(saturation, 2)}`],
    ["Brightness", formatFigure(cells.brightness[index]!, 2)],
    ["Spread of green", formatFigure(cells.spread[index]!, 1)],
    ["Black frame", formatPercent(cells.frame[index]!)]
  ];
}

/** A column of an Arrow table. @throws Error when the table has none of that name */
export function arrowColumn(table: Table, name: string): Column<unknown> {
  const column = table.getChild(name) as Column<unknown> | undefined;
  if (!column) throw new Error(`The file has no column “${name}”. Reload the page; its parts may be of two versions.`);
  return column;
}
