import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {ChartOptions} from "./chart-options.js";
import {picture} from "./picture.js";

/** How the network does on one patient; shares in 0…1, sensitivity NaN without parasitized cells. */
export interface PatientDot {
  patient: string;
  cells: number;
  sensitivity: number;
  specificity: number;
}

const least = 0.6;

/**
 * One dot a patient, as large as the patient has cells: specificity across, sensitivity up; shares below .6 stand at
 * the edge. Patients without parasitized cells have no sensitivity and stand in a row above the field.
 *
 * Drawn without Plot so that a dragged threshold only moves the dots: see {@link movePatientDots}.
 */
export function patientDots(
  patients: readonly PatientDot[],
  {width = 560, height = 380}: ChartOptions = {}
): SVGSVGElement {
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 48,
    marginBottom: 44,
    marginTop: 44,
    x: {label: "specificity", domain: [least, 1], grid: true},
    y: {label: "sensitivity", domain: [least, 1], grid: true},
    marks: [
      Plot.text(["no parasitized cells"], {frameAnchor: "top-left", dy: -22, fill: "currentColor", text: (d) => d}),
      Plot.frame({strokeOpacity: 0.2})
    ]
  });
  const size = d3.scaleSqrt([0, d3.max(patients, ({cells}) => cells) ?? 1], [2, 9]);
  const dots = d3
    .select(plot)
    .append("g")
    .attr("class", "patients")
    .selectAll("circle")
    .data(patients)
    .join("circle")
    .attr("r", ({cells}) => size(cells).toFixed(2))
    .attr("data-patient", ({patient}) => patient)
    .attr("fill", ({sensitivity}) => `var(--color-${Number.isNaN(sensitivity) ? "uninfected" : "parasitized"})`)
    .attr("fill-opacity", 0.45)
    .attr("stroke", ({sensitivity}) => `var(--color-${Number.isNaN(sensitivity) ? "uninfected" : "parasitized"})`);
  dots.append("title");
  const healthy = patients.filter(({sensitivity}) => Number.isNaN(sensitivity)).length;
  const drawing = picture(
    plot,
    `Sensitivity and specificity of ${patients.length} patients; ${healthy} of them have no parasitized cells.`
  );
  movePatientDots(drawing, patients);
  return drawing;
}

/** Moves the dots of {@link patientDots} to where the same patients stand now, in the same order. */
export function movePatientDots(chart: SVGSVGElement, patients: readonly PatientDot[]): void {
  const scale = (name: "x" | "y") => (chart as SVGSVGElement & Plot.Plot).scale(name)!;
  const {range: across} = scale("x");
  const {range: up} = scale("y");
  const [left, right, bottom, top] = [...(across as number[]), ...(up as number[])] as [number, number, number, number];
  const at = (share: number, from: number, to: number) =>
    from + ((to - from) * (Math.max(share, least) - least)) / (1 - least);
  const places = chart.querySelectorAll<SVGCircleElement & {__data__?: PatientDot}>("g.patients > circle");
  patients.forEach((patient, i) => {
    const dot = places[i]!;
    const {__data__: before} = dot;
    const {sensitivity, specificity} = patient;
    // Most dots stay where they are when a threshold moves a little; writing attributes is what costs.
    if (
      dot.hasAttribute("cx") &&
      before &&
      Object.is(before.sensitivity, sensitivity) &&
      Object.is(before.specificity, specificity)
    )
      return;
    dot.__data__ = patient;
    const healthy = Number.isNaN(sensitivity);
    dot.setAttribute("cx", at(Number.isNaN(specificity) ? 1 : specificity, left, right).toFixed(1));
    dot.setAttribute("cy", (healthy ? top - 12 : at(sensitivity, bottom, top)).toFixed(1));
    const found = healthy ? "no parasitized cells" : `sensitivity ${sensitivity.toFixed(3)}`;
    const title = `${patient.patient}: ${patient.cells} cells, ${found}, specificity ${specificity.toFixed(3)}`;
    dot.firstChild!.textContent = title;
  });
}
