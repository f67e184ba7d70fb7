import {expect, test} from "vitest";
import {healthyPatients, movePatientDots, patientDots} from "../../../../src/components/charts/patient-charts.js";
import {expectChart} from "../../svg-snapshot.js";

const patients = [
  {patient: "C1", cells: 60, sensitivity: NaN, specificity: 0.95},
  {patient: "C39", cells: 687, sensitivity: 0.97, specificity: 0.9},
  {patient: "C40", cells: 92, sensitivity: 0.3, specificity: 1}
];

test("patient dots; the healthy one stands apart, a low rate at the edge, and the dots move", async () => {
  await expectChart("patient-dots", () => patientDots(patients));
  const chart = patientDots(patients);
  const at = () => [...chart.querySelectorAll(".patients circle")].map((dot) => Number(dot.getAttribute("cy")));
  const [healthy, high, low] = at() as [number, number, number];
  expect(healthy).toBeLessThan(high);
  expect(high).toBeLessThan(low);
  movePatientDots(chart, [patients[0]!, {...patients[1]!, sensitivity: 0.5}, patients[2]!]);
  expect(at()[1]).toBe(low);
  expect(chart.querySelector("[data-patient=C39] title")!.textContent).toContain("sensitivity 0.500");
});

test("healthy patients, from the fewest false alarms to the most", async () => {
  const healthy = [
    {patient: "C1", cells: 60, falsePositiveRate: 0.05},
    {patient: "C2", cells: 50, falsePositiveRate: 0}
  ];
  await expectChart("healthy-patients", () => healthyPatients(healthy, {mean: 0.025, upper: 0.0475}));
  const titles = healthyPatients(healthy, {mean: 0, upper: 0}).querySelectorAll("circle title");
  expect([...titles].map((title) => title.textContent!.slice(0, 2))).toEqual(["C2", "C1"]);
});
