import {JSDOM} from "jsdom";

/** Tests passed and failed, and a line for each that failed: its file, its name and how its message begins. */
export interface Counts {
  passed: number;
  failed: number;
  failures: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: {status: string; fullName: string; failureMessages: string[]}[];
  }[];
}

/**
 * Counts of a vitest JSON report. A file that could not even be loaded holds no test, so each such file counts as one
 * failure.
 */
export function countVitest(json: string): Counts {
  const report = JSON.parse(json) as VitestReport;
  const failures = report.testResults
    .filter(({status}) => status === "failed")
    .flatMap(({name, message, assertionResults}) => {
      const file = name.replace(`${process.cwd()}/`, "");
      const failed = assertionResults.filter(({status}) => status === "failed");
      // It could not be loaded, or what comes before or after its tests failed.
      if (!failed.length) return [`${file}: ${beginning(message)}`];
      return failed.map(({fullName, failureMessages}) => `${file}, ${fullName}: ${beginning(failureMessages[0])}`);
    });
  const unloadable = report.testResults.filter(
    ({status, assertionResults}) => status === "failed" && assertionResults.length === 0
  );
  return {passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length, failures};
}

const beginning = (message = "") => message.split("\n    at ")[0]!.slice(0, 600);

/** Counts of a JUnit XML report, as pytest writes it; skipped tests are neither. */
export function countJunit(xml: string): Counts {
  const report = new JSDOM(xml, {contentType: "text/xml"}).window.document;
  const counts: Counts = {passed: 0, failed: 0, failures: []};
  for (const suite of report.querySelectorAll("testsuite")) {
    const read = (name: string) => Number(suite.getAttribute(name) ?? 0);
    const failed = read("failures") + read("errors");
    counts.failed += failed;
    counts.passed += read("tests") - failed - read("skipped");
  }
  for (const failure of report.querySelectorAll("testcase > failure, testcase > error")) {
    const test = failure.parentElement!;
    const message = beginning(failure.getAttribute("message") ?? "");
    counts.failures.push(`${test.getAttribute("classname")}, ${test.getAttribute("name")}: ${message}`);
  }
  return counts;
}
