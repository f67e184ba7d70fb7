/**
 * Runs a loader and writes its answer to standard output: bytes as they are, all else as JSON.
 *
 * A problem ends the process with code 1 and one sentence on standard error, which fails the build.
 */
export async function emit(make: () => unknown): Promise<void> {
  try {
    const answer = await make();
    process.stdout.write(answer instanceof Uint8Array ? answer : JSON.stringify(answer));
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    process.exitCode = 1;
  }
}
