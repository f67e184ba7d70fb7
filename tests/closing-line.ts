import type {Reporter, SerializedError, TestModule} from "vitest/node";

/**
 * Ends a run with what each project did, what was skipped, a line for each failure, and the line that continuous
 * integration reads. Where CI is set, a test that is skipped is one that failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const {lines, failed} = closing(modules, errors, {strict: Boolean(process.env.CI)});
    if (failed) process.exitCode = 1;
    // When all others have said what they have to say; a coverage below its floor is known only then.
    process.once("exit", (code) => {
      if (code && !failed)
        lines.splice(-1, 1, "FAILED  the run, as said above", lines.at(-1)!.replace(/0 failed$/, "1 failed"));
      console.log(`\n${lines.join("\n")}`);
    });
  }
}

/** What is read of a module; the whole of it fits. */
export type Ended = Pick<TestModule, "relativeModuleId" | "children" | "errors" | "state" | "project" | "diagnostic">;

/** @returns the closing lines, and how much failed */
export function closing(
  modules: readonly Ended[],
  errors: readonly {message: string}[],
  {strict = false} = {}
): {lines: string[]; failed: number} {
  const failures = errors.map(({message}) => `outside of all tests: ${beginning(message)}`);
  const skipped: string[] = [];
  const projects = new Map<string, {passed: number; failed: number; milliseconds: number}>();
  for (const module of modules) {
    const {name} = module.project;
    const counts = projects.get(name) ?? {passed: 0, failed: 0, milliseconds: 0};
    projects.set(name, counts);
    counts.milliseconds += module.diagnostic().duration;
    const fail = (what: string, said: string[]) => {
      counts.failed += 1;
      failures.push(`${module.relativeModuleId}${what}: ${beginning(said[0])}`);
    };
    let failedTests = 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") counts.passed += 1;
      else if (result.state === "failed") {
        failedTests += 1;
        fail(
          `, ${test.fullName}`,
          result.errors.map(({message}) => message)
        );
      } else skipped.push(`${module.relativeModuleId}, ${test.fullName}`);
    }
    // It could not be loaded, or what comes before or after its tests failed.
    if (module.state() === "failed" && !failedTests) {
      const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
      fail(
        "",
        [...module.errors(), ...suites].map(({message}) => message)
      );
    }
  }
  if (!modules.length) failures.push("no test was found");
  if (strict) failures.push(...skipped.map((test) => `${test}: skipped, though nothing may be skipped here`));
  const sum = (key: "passed") => [...projects.values()].reduce((total, counts) => total + counts[key], 0);
  const lines = [...projects].map(
    ([name, {passed, failed, milliseconds}]) =>
      `${failed ? "FAILED" : "passed"}  ${name}: ${passed} passed, ${failed} failed, ${(milliseconds / 1000).toFixed(1)} s of tests`
  );
  if (!strict) lines.push(...skipped.map((test) => `skipped  ${test}`));
  lines.push(...failures.map((failure) => `FAILED  ${failure}`));
  lines.push(`${sum("passed")} passed, ${failures.length} failed`);
  return {lines, failed: failures.length};
}

const beginning = (message = "") => message.split("\n    at ")[0]!.slice(0, 600);
