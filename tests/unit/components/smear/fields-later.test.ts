// @vitest-environment jsdom

import {readFileSync} from "node:fs";
import {afterEach, expect, test, vi} from "vitest";
import {fieldTablesLater} from "../../../../src/components/smear/fields-later.js";
import type {FieldsReport} from "../../../../src/data/shapes/fields.js";

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
  const measured = JSON.parse(readFileSync("models/finder/report.json", "utf8")) as FieldsReport;
  const fetchReport = vi.fn(async () => measured);
  const place = fieldTablesLater(fetchReport);
  report([{isIntersecting: false}]);
  expect(fetchReport).not.toHaveBeenCalled();
  report([{isIntersecting: true}]);
  await vi.waitFor(() => expect(place.textContent).toContain("BBBC041"));
  expect(fetchReport).toHaveBeenCalledTimes(1);
  const fetchNone = vi.fn(async () => null);
  const empty = fieldTablesLater(fetchNone);
  report([{isIntersecting: true}]);
  await vi.waitFor(() => expect(fetchNone).toHaveBeenCalledTimes(1));
  expect(empty.childNodes).toHaveLength(0);
});
