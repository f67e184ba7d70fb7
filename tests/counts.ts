/** Tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/**
 * Counts of a vitest JSON report. A file that could not even be loaded holds no test, so each such file counts as one
 * failure.
 */
export function countVitest(json: string): Counts {
  const report = JSON.parse(json) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: {status: string; assertionResults: unknown[]}[];
  };
  const unloadable = report.testResults.filter(
    ({status, assertionResults}) => status === "failed" && assertionResults.length === 0
  );
  return {passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length};
}

/** Counts of a JUnit XML report, as pytest writes it; skipped tests are neither. */
export function countJunit(xml: string): Counts {
  const counts = {passed: 0, failed: 0};
  for (const [tag] of xml.matchAll(/<testsuite\s[^>]*>/g)) {
    const read = (name: string) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
    const failed = read("failures") + read("errors");
    counts.failed += failed;
    counts.passed += read("tests") - failed - read("skipped");
  }
  return counts;
}
