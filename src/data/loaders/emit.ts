/**
 * Runs a loader and writes its answer to standard output as JSON.
 *
 * A problem ends the process with code 1 and one sentence on standard error, which fails the build.
 */
export async function emit(make: () => unknown): Promise<void> {
  try {
    process.stdout.write(JSON.stringify(await make()));
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    process.exitCode = 1;
  }
}
