import {describe, expect, test} from "vitest";
import {countJunit, countVitest} from "../../counts.js";

describe("countVitest", () => {
  test("takes the totals of the report", () => {
    const testResults = [{status: "passed", assertionResults: [{}, {}]}];
    expect(countVitest(JSON.stringify({numPassedTests: 2, numFailedTests: 0, testResults}))).toEqual({
      passed: 2,
      failed: 0,
      failures: []
    });
  });

  test("names what failed, with the beginning of its message", () => {
    const failureMessages = ["Error: 3 is not 2\n    at one.ts:1\n    at two.ts:2"];
    const assertionResults = [
      {status: "failed", fullName: "a page opens", failureMessages},
      {status: "passed", fullName: "a page closes", failureMessages: []}
    ];
    const testResults = [
      {name: `${process.cwd()}/tests/a.test.ts`, status: "failed", message: "", assertionResults},
      {name: "tests/b.test.ts", status: "failed", message: "no such module", assertionResults: []},
      {name: "tests/c.test.ts", status: "failed", message: "no browser", assertionResults: [{status: "skipped"}]}
    ];
    expect(countVitest(JSON.stringify({numPassedTests: 1, numFailedTests: 1, testResults}))).toEqual({
      passed: 1,
      failed: 2,
      failures: [
        "tests/a.test.ts, a page opens: Error: 3 is not 2",
        "tests/b.test.ts: no such module",
        "tests/c.test.ts: no browser"
      ]
    });
  });

  test("counts a file that did not load as a failure", () => {
    const testResults = [
      {name: "a.test.ts", status: "failed", message: "", assertionResults: []},
      {name: "b.test.ts", status: "failed", message: "", assertionResults: [{}]}
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
    expect(countJunit(xml)).toEqual({passed: 8, failed: 3, failures: []});
  });

  test("names what failed and what could not be set up", () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite errors="1" failures="1" tests="3">
      <testcase classname="test_x" name="test_ok" time="0.001" />
      <testcase classname="test_x" name="test_bad[a&lt;b]"><failure message="no &lt;way&gt;">text</failure></testcase>
      <testcase classname="test_x.TestA" name="test_error"><error message="ValueError">text</error></testcase>
      </testsuite></testsuites>`;
    expect(countJunit(xml)).toEqual({
      passed: 1,
      failed: 2,
      failures: ["test_x, test_bad[a<b]: no <way>", "test_x.TestA, test_error: ValueError"]
    });
  });

  test("finds nothing in an empty report", () => {
    expect(countJunit("<testsuites></testsuites>")).toEqual({passed: 0, failed: 0, failures: []});
  });
});
