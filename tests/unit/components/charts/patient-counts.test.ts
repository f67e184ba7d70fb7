import {expect, test} from "vitest";
import {patientCounts} from "../../../../src/components/charts/patient-counts.js";
import {document, expectChart} from "../../svg-snapshot.js";

const data = [
  {patient: "C1", parasitized: 0, uninfected: 60},
  {patient: "C39", parasitized: 616, uninfected: 71},
  {patient: "C40", parasitized: 12, uninfected: 80}
];

test("patient counts", () => expectChart("patient-counts", () => patientCounts(data, {document})));

test("patients run from the most parasitized cells to the fewest, and the healthy ones are counted", () => {
  const svg = patientCounts(data, {document});
  const order = [...svg.querySelectorAll("rect title")].map((title) => title.textContent!.split(":")[0]);
  expect(order.slice(0, 3)).toEqual(["C39", "C40", "C1"]);
  expect(svg.getAttribute("aria-label")).toContain("1 of them with uninfected cells only");
});
