import {verdict} from "../../components/engine/verdict.js";
import type {SampleKind} from "../shapes/cells.js";
import type {ManifestRow} from "../shapes/manifest.js";

/**
 * Says how hard a cell is for the shipped model.
 * @param probability of the positive class that the model gives it, 0…1
 * @param point of the model's metadata
 */
export function sampleKind(
  {label, disputed}: Pick<ManifestRow, "label" | "disputed">,
  probability: number,
  point: Parameters<typeof verdict>[1]
): SampleKind {
  if (disputed) return "disputed";
  const called = verdict(probability, point);
  return called.uncertain || called.label !== label ? "hard" : "easy";
}
