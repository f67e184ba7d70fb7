import type {NotebookDraw} from "../notebook.js";
import type {Draw} from "../types.js";

/** What was drawn, one short line a parameter; a draw that changes nothing says so. */
export function describeDraw(draw: Draw): string[] {
  const {flip, dihedral, degrees, zoom, zoomCenter, warpX, warpY, brightness, contrast} = draw;
  const lines = [
    flip ? "flipped" : "",
    dihedral ? `pose ${dihedral}` : "",
    degrees === undefined ? "" : `turned ${signed(degrees, 1)}°`,
    zoom === undefined ? "" : `zoom ${zoom.toFixed(3)} at ${zoomCenter!.map((value) => value.toFixed(2)).join(", ")}`,
    warpX === undefined ? "" : `warp x ${signed(warpX, 3)}`,
    warpY === undefined ? "" : `warp y ${signed(warpY, 3)}`,
    brightness === undefined ? "" : `brightness ${brightness.toFixed(3)}`,
    contrast === undefined ? "" : `contrast ${contrast.toFixed(3)}`
  ].filter(Boolean);
  return lines.length ? lines : ["nothing drawn"];
}

/** The same for the notebook's transforms; its degrees count the other way round. */
export function describeNotebookDraw({degrees = 0, flipX, flipY}: NotebookDraw): string[] {
  return [`turned ${signed(-degrees, 1)}°`, flipX ? "flipped" : "", flipY ? "upside down" : ""].filter(Boolean);
}

/** A number with its sign and a true minus: −3.2, +0.115. */
export function signed(value: number, decimals: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}
