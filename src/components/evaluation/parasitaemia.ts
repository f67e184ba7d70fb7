import type {FieldLaboratory, FieldsReport} from "../../data/shapes/fields.js";
import {agreementPlot} from "../charts/agreement-chart.js";
import {limitsOfAgreement} from "../metrics/comparison.js";
import type {Agreement} from "../metrics/comparison.js";
import {element} from "../ui/element.js";
import {liveFigure} from "../ui/live-figure.js";

/** The parasitaemia of each field as a person boxed it, and as it was found and called. */
export function parasitaemiaOf({parasitaemia = []}: FieldLaboratory): Agreement[] {
  return parasitaemia
    .filter(({cells, told}) => cells > 0 && told > 0)
    .map(({field, cells, infected, told, called}) => ({name: field, truth: infected / cells, told: called / told}));
}

/** What the fields show, in a sentence. */
export function parasitaemiaFinding(laboratory: FieldLaboratory): string {
  const {bias} = limitsOfAgreement(parasitaemiaOf(laboratory));
  const points = Math.abs(100 * bias).toFixed(1);
  return `Left alone, the networks call ${points} points ${bias < 0 ? "too few" : "too many"} of a field's cells parasitized`;
}

/** For each laboratory that has infected cells, its fields' parasitaemia against the truth; null where none was measured. */
export function parasitaemiaFigures(report: FieldsReport | null): HTMLElement | null {
  const withTruth = report?.laboratories.filter(({parasitaemia}) => parasitaemia) ?? [];
  return withTruth.length ? element("div", ...withTruth.map(parasitaemiaFigure)) : null;
}

function parasitaemiaFigure(laboratory: FieldLaboratory): HTMLElement {
  const pairs = parasitaemiaOf(laboratory);
  const {node, redraw} = liveFigure({
    name: `Parasitaemia of ${laboratory.title}'s fields, counted without a person (Bland–Altman)`,
    finding: () => parasitaemiaFinding(laboratory),
    draw: ({width}) => agreementPlot(pairs, {width}),
    caption: () =>
      "Each dot is a field: how far the share of cells that ResNet-34 calls parasitized lies from that of the boxes. Dashed: the mean difference, and the limits between which 95 % of the fields lie.",
    table: () => pairs.map(({name, truth, told}) => ({field: name, truth, told})),
    download: "evaluation-parasitaemia-of-fields"
  });
  redraw();
  return node;
}
