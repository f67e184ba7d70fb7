import * as Plot from "@observablehq/plot";
import * as d3 from "d3";
import type {PatientFigures} from "../metrics/index.js";
import {setAttributes} from "../ui/element.js";
import {formatPercent} from "../ui/format.js";
import {picture} from "./picture.js";
import type {ChartOptions} from "./picture.js";

/** How the network does on one patient. */
export type PatientDot = Pick<PatientFigures, "patient" | "cells" | "sensitivity" | "specificity">;

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
    const same = Object.is(before?.sensitivity, sensitivity) && Object.is(before?.specificity, specificity);
    if (dot.hasAttribute("cx") && same) return;
    dot.__data__ = patient;
    const healthy = Number.isNaN(sensitivity);
    dot.setAttribute("cx", at(Number.isNaN(specificity) ? 1 : specificity, left, right).toFixed(1));
    dot.setAttribute("cy", (healthy ? top - 12 : at(sensitivity, bottom, top)).toFixed(1));
    const found = healthy ? "no parasitized cells" : `sensitivity ${sensitivity.toFixed(3)}`;
    const title = `${patient.patient}: ${patient.cells} cells, ${found}, specificity ${specificity.toFixed(3)}`;
    dot.firstChild!.textContent = title;
  });
}

/** The share of a healthy patient's cells that the network calls parasitized. */
export type HealthyPatient = Pick<PatientFigures, "patient" | "cells" | "falsePositiveRate">;

/** What the patients have in common; shares in 0…1. */
export interface HealthyRates {
  mean: number;
  /** The rate that 95 % of them stay below. */
  upper: number;
}

const most = 0.15;

/**
 * One column a healthy patient, lowest false-positive rate first, with the mean and the rate that 95 % stay below;
 * rates above 15 % stand at the top.
 *
 * Drawn so that a dragged threshold only moves what is there: see {@link moveHealthyPatients}.
 */
export function healthyPatients(
  patients: readonly HealthyPatient[],
  {width = 560, height = 220, mean, upper}: ChartOptions & HealthyRates
): SVGSVGElement {
  const plot = Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginRight: 88,
    marginBottom: 30,
    x: {
      label: `${patients.length} patients without a parasitized cell`,
      ticks: [],
      domain: [-0.5, patients.length - 0.5]
    },
    y: {
      label: "false-positive rate",
      grid: true,
      domain: [0, most],
      tickFormat: (rate: number) => `${Number((100 * rate).toFixed(1))} %`
    },
    marks: [Plot.ruleY([0])]
  });
  const layer = d3.select(plot).append("g").attr("class", "healthy");
  const column = layer.selectAll("g").data(patients).join("g");
  column.append("line").attr("stroke", "var(--color-uninfected)").attr("stroke-width", 2);
  column.append("circle").attr("r", 4).attr("fill", "var(--color-uninfected)").append("title");
  for (const name of ["mean", "95 % below"]) {
    const level = layer.append("g").attr("class", "level");
    level
      .append("line")
      .attr("x1", 52)
      .attr("x2", width - 88)
      .attr("stroke", "currentColor")
      .attr("stroke-dasharray", "4,3");
    level
      .append("text")
      .attr("x", width - 82)
      .attr("dy", "0.32em")
      .attr("text-anchor", "start")
      .attr("fill", "currentColor")
      .text(name);
  }
  const drawing = picture(plot, "False-positive rates of healthy patients.");
  moveHealthyPatients(drawing, patients, {mean, upper});
  return drawing;
}

/** Moves what {@link healthyPatients} drew to where the same patients stand now. */
export function moveHealthyPatients(
  chart: SVGSVGElement,
  patients: readonly HealthyPatient[],
  {mean, upper}: HealthyRates
): void {
  const scale = (name: "x" | "y", value: number) =>
    ((chart as SVGSVGElement & Plot.Plot).scale(name)!.apply(value) as number).toFixed(1);
  const height = (rate: number) => scale("y", Math.min(rate || 0, most));
  const columns = chart.querySelectorAll("g.healthy > g:not(.level)");
  d3.sort(patients, (d) => d.falsePositiveRate).forEach(({patient, cells, falsePositiveRate}, i) => {
    const [line, dot] = columns[i]!.children as unknown as [SVGLineElement, SVGCircleElement];
    const title = `${patient}: ${formatPercent(falsePositiveRate)} of ${cells} cells`;
    setAttributes(columns[i]!, {"data-patient": patient, "data-kind": "false-positives"});
    if (dot.firstChild!.textContent === title) return;
    dot.firstChild!.textContent = title;
    const [x, y] = [scale("x", i), height(falsePositiveRate)];
    setAttributes(line, {x1: x, x2: x, y1: scale("y", 0), y2: y});
    setAttributes(dot, {cx: x, cy: y});
  });
  chart.querySelectorAll("g.level").forEach((level, i) => {
    level.setAttribute("visibility", patients.length ? "visible" : "hidden");
    const y = height([mean, upper][i]!);
    const [line, text] = level.children as unknown as [SVGLineElement, SVGTextElement];
    setAttributes(line, {y1: y, y2: y});
    text.setAttribute("y", y);
  });
  const name = patients.length
    ? `mean ${formatPercent(mean)}, 95 % of them below ${formatPercent(upper)}`
    : "there are none here";
  chart.setAttribute("aria-label", `False-positive rates of ${patients.length} healthy patients: ${name}.`);
}
