import {formatFigure, formatPercent} from "../ui/format.js";
import {fileName, labelName, patientName} from "./cells.js";
import type {Cells} from "./cells.js";
import {hueSaturation} from "./colour.js";

/** A cell in one line, for screen readers: "parasitized, disputed, patient C100". */
export function describeCell(cells: Cells, index: number): string {
  const disputed = cells.disputed[index] ? ", disputed" : "";
  return `${labelName(cells, index)}${disputed}, patient ${patientName(cells, index)}`;
}

/** All that is known about a cell, as names and values to show. */
export function cellFacts(cells: Cells, index: number): [name: string, value: string][] {
  const [red, green, blue] = [cells.red[index]!, cells.green[index]!, cells.blue[index]!];
  const {saturation} = hueSaturation(red, green, blue);
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
