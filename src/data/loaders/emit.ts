import JSZip from "jszip";

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

/** Runs a loader of files by name, and writes their archive: stored and undated, so that equal files give equal bytes. */
export async function emitArchive(
  make: () => Promise<Iterable<readonly [name: string, content: Uint8Array | string]>>
) {
  const date = new Date("2000-01-01T00:00:00Z");
  await emit(async () => {
    const archive = new JSZip();
    for (const [name, content] of await make()) archive.file(name, content, {date, createFolders: false});
    return archive.generateAsync({type: "nodebuffer", compression: "STORE"});
  });
}
