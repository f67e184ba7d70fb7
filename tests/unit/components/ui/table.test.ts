import {expect, test} from "vitest";
import {scrollTable, table} from "../../../../src/components/ui/table.js";

const rows = [
  {patient: "C1", cells: 60, share: "0.250"},
  {patient: "C2", cells: null, share: ""}
];

test("headings have a scope, and columns of numbers are marked", () => {
  const node = table(rows, {caption: "Patients"});
  expect(node.caption!.textContent).toBe("Patients");
  expect([...node.querySelectorAll("thead th")].map((th) => [th.getAttribute("scope"), th.className])).toEqual([
    ["col", ""],
    ["col", "number"],
    ["col", "number"]
  ]);
  expect([...node.querySelectorAll("tbody th")].map((th) => [th.getAttribute("scope"), th.textContent])).toEqual([
    ["row", "C1"],
    ["row", "C2"]
  ]);
  expect([...node.querySelectorAll("td")].map((td) => td.textContent)).toEqual(["60", "0.250", "", ""]);
});

test("intervals, per cent and dashes are numbers; other words are not", () => {
  const node = table([
    {group: "A", figure: "0.832 (0.740–0.946)", share: "4.7\u00a0%", of: "3 of 4"},
    {group: "B", figure: "–", share: "95.0\u00a0% (91.2–98.0\u00a0%)", of: "2 of 4"}
  ]);
  const kinds = [...node.querySelectorAll("thead th")].map((th) => th.className);
  expect(kinds).toEqual(["", "number", "number", ""]);
});

test("a number below 0 has a true minus; a text stays as it is", () => {
  const node = table([{hue: -24, file: "IMG_-3.png"}]);
  expect([...node.querySelectorAll("tbody > tr > *")].map(({textContent}) => textContent)).toEqual([
    "−24",
    "IMG_-3.png"
  ]);
});

test("only the columns asked for, in that order", () => {
  const node = table(rows, {columns: ["cells", "patient"]});
  expect([...node.querySelectorAll("thead th")].map((th) => th.textContent)).toEqual(["cells", "patient"]);
});

test("the scrolling region is named and can be reached by keyboard", () => {
  const region = scrollTable(rows, {caption: "Patients"});
  expect([region.getAttribute("role"), region.getAttribute("aria-label"), region.tabIndex]).toEqual([
    "group",
    "Patients",
    0
  ]);
});
