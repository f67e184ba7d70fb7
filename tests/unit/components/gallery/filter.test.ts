import fc from "fast-check";
import {expect, test} from "vitest";
import {labelName, patientName, unpackCells} from "../../../../src/components/gallery/cells.js";
import {everything, filterCells} from "../../../../src/components/gallery/filter.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {writeManifest} from "../../data/loaders/fixture.js";

const cells = unpackCells(packCells(readManifest(writeManifest())));

test("nothing asked for gives everything, in order", () => {
  expect([...filterCells(cells, everything)]).toEqual([0, 1, 2, 3, 4, 5]);
});

test("every part of the filter holds, and nothing that fits is left out", () => {
  const filters = fc.record({
    label: fc.constantFrom(null, "parasitized" as const, "uninfected" as const),
    disputed: fc.constantFrom(null, true, false),
    patient: fc.constantFrom(null, "C1", "C2", "C30")
  });
  fc.assert(
    fc.property(filters, (filter) => {
      const expected = [0, 1, 2, 3, 4, 5].filter(
        (i) =>
          (filter.label ?? labelName(cells, i)) === labelName(cells, i) &&
          (filter.disputed ?? Boolean(cells.disputed[i])) === Boolean(cells.disputed[i]) &&
          (filter.patient ?? patientName(cells, i)) === patientName(cells, i)
      );
      expect([...filterCells(cells, filter)]).toEqual(expected);
    })
  );
});

test("an unknown patient has no cells", () => {
  expect(filterCells(cells, {...everything, patient: "C999"})).toHaveLength(0);
});
