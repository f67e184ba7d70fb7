import {expect, test} from "vitest";
import {explorerTable, toFilter} from "../../../../src/components/gallery/explorer-state.js";
import {readQuery, writeQuery} from "../../../../src/components/ui/url-state.js";

const table = explorerTable({patients: ["C1", "C47"], count: 100});

test("an address asks for cells", () => {
  const {values, problems} = readQuery(table, "?label=parasitized&disputed=yes&patient=C47&cell=99");
  expect(problems).toEqual([]);
  expect(toFilter(values)).toEqual({label: "parasitized", disputed: true, patient: "C47"});
  expect(values.cell).toBe(99);
  expect(writeQuery(table, {...values, cell: -1})).toBe("?label=parasitized&disputed=yes&patient=C47");
});

test("nothing in the address asks for everything", () => {
  expect(toFilter(readQuery(table, "").values)).toEqual({label: null, disputed: null, patient: null});
  expect(toFilter(readQuery(table, "?disputed=no").values).disputed).toBe(false);
});

test("cells and patients that don't exist are named", () => {
  const {values, problems} = readQuery(table, "?cell=100&patient=C2");
  expect(values).toMatchObject({cell: -1, patient: "any"});
  expect(problems).toEqual([
    "The address says patient=C2, but it must be a patient of the set, such as C100; any is used instead.",
    "The address says cell=100, but it must be a whole number from 0 to 99; none is used instead."
  ]);
});
