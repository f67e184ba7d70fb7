import {expect, it} from "vitest";
import {parsePatientList} from "../../../../src/data/pack/patient-list.js";

it("reads a Python list that spills over fields, padded with empty ones", () => {
  const text = "C1F,['C1F_a_cell_1.png', 'C1F_a_cell_2.png'],,\r\nC2F,['C2F_a_cell_1.png'],,,\r\n";
  expect(parsePatientList(text)).toEqual(["C1F_a_cell_1.png", "C1F_a_cell_2.png", "C2F_a_cell_1.png"]);
});

it("refuses a cell listed twice or under another patient", () => {
  expect(() => parsePatientList("C1F,['C1F_a_cell_1.png', 'C1F_a_cell_1.png']")).toThrow(/listed twice/);
  expect(() => parsePatientList("C1F,['C12F_a_cell_1.png']")).toThrow(
    /C12F_a_cell_1.png is listed under the patient key C1F/
  );
});
