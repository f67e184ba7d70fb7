// @vitest-environment jsdom

import {afterEach, expect, test, vi} from "vitest";
import {fieldTablesLater} from "../../../../src/components/smear/tables-later.js";
import {fieldTables} from "../../../../src/data/loaders/field-tables.js";
import {fieldLaboratory} from "../../../fixtures/field-laboratory.js";

afterEach(() => vi.unstubAllGlobals());

test("the tables are fetched once they come near, and where there are none the place stays empty", async () => {
  let report: (entries: {isIntersecting: boolean}[]) => void = () => {};
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe = vi.fn();
      disconnect = vi.fn();
      constructor(callback: typeof report) {
        report = callback;
      }
    }
  );
  const measured = {finder: "", laboratories: [fieldLaboratory]};
  const fetchFields = vi.fn(async () => ({report: measured, tables: fieldTables(measured)}));
  const place = fieldTablesLater(fetchFields);
  report([{isIntersecting: false}]);
  expect(fetchFields).not.toHaveBeenCalled();
  report([{isIntersecting: true}]);
  await vi.waitFor(() => expect(place.textContent).toContain("One"));
  expect(fetchFields).toHaveBeenCalledTimes(1);
  const fetchNone = vi.fn(async () => null);
  const empty = fieldTablesLater(fetchNone);
  report([{isIntersecting: true}]);
  await vi.waitFor(() => expect(fetchNone).toHaveBeenCalledTimes(1));
  expect(empty.childNodes).toHaveLength(0);
});
