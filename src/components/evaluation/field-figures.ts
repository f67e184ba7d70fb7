import type {FieldLaboratory, FieldsReport} from "../../data/shapes/fields.js";
import {fieldRows, judgingRows, parasitaemiaFinding, parasitaemiaOf} from "../card/field-rows.js";
import {agreementPlot} from "../charts/agreement-chart.js";
import {element} from "../ui/element.js";
import {figure} from "../ui/figure.js";
import {scrollTable} from "../ui/table.js";

/** Draws what is given a width. */
export type Draw = (width: number) => Element;

/**
 * How well whole fields of other laboratories are found and judged: a table of the finding, then for each laboratory with
 * infected cells the judging and its parasitaemia against the truth; nothing where it was not measured.
 * @param resize draws what is given a width, anew where it changes
 */
export function fieldFigures(report: FieldsReport | null, resize: (draw: Draw) => Element): HTMLElement | null {
  if (!report) return null;
  return element(
    "div",
    scrollTable(fieldRows(report), {
      caption:
        "Whole fields: red cells that a person boxed, and those that the smear page's finder tells; none taught it"
    }),
    ...report.laboratories
      .filter(({judged}) => judged.resnet34.auc !== null)
      .flatMap((one) => ofLaboratory(one, resize))
  );
}

function ofLaboratory(laboratory: FieldLaboratory, resize: (draw: Draw) => Element): HTMLElement[] {
  const {title} = laboratory;
  const pairs = parasitaemiaOf(laboratory);
  return [
    scrollTable(judgingRows(laboratory), {caption: `The cells that were found in the fields of ${title}, judged`}),
    figure(
      resize((width) => agreementPlot(pairs, {width: Math.min(width, 760)})),
      {
        name: `Parasitaemia of ${title}'s fields, counted without a person (Bland–Altman)`,
        finding: parasitaemiaFinding(laboratory),
        caption:
          "Each dot is a field: how far the share of cells that ResNet-34 calls parasitized lies from that of the boxes. Dashed: the mean difference, and the limits between which 95 % of the fields lie.",
        table: pairs.map(({name, truth, told}) => ({field: name, truth, told})),
        download: "evaluation-parasitaemia-of-fields"
      }
    )
  ];
}
