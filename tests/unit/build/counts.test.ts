import {describe, expect, test} from "vitest";
import {countJunit, countVitest} from "../../counts.js";

describe("countVitest", () => {
  test("takes the totals of the report", () => {
    const testResults = [{status: "passed", assertionResults: [{}, {}]}];
    expect(countVitest(JSON.stringify({numPassedTests: 2, numFailedTests: 1, testResults}))).toEqual({
      passed: 2,
      failed: 1
    });
  });

  test("counts a file that did not load as a failure", () => {
    const testResults = [
      {status: "failed", assertionResults: []},
      {status: "failed", assertionResults: [{}]}
    ];
    expect(countVitest(JSON.stringify({numPassedTests: 0, numFailedTests: 1, testResults})).failed).toBe(2);
  });
});

describe("countJunit", () => {
  test("subtracts failures, errors and skipped tests, over all suites", () => {
    const xml = `<?xml version="1.0"?><testsuites name="pytest tests">
      <testsuite name="a" errors="1" failures="2" skipped="3" tests="10" time="1.5"></testsuite>
      <testsuite name="b" errors="0" failures="0" skipped="0" tests="4" />
    </testsuites>`;
    expect(countJunit(xml)).toEqual({passed: 8, failed: 3});
  });

  test("finds nothing in an empty report", () => {
    expect(countJunit("<testsuites></testsuites>")).toEqual({passed: 0, failed: 0});
  });
});
