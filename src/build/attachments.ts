import {mkdir, readFile, writeFile} from "node:fs/promises";
import {availableParallelism} from "node:os";
import {dirname, join} from "node:path/posix";
import JSZip from "jszip";
import {listSources} from "./framework.js";
import type {FileLoader, FrameworkConfig, Log} from "./framework.js";
import {cacheFolder} from "./hermetic.js";

const attached = /\bFileAttachment\("([^"]+)"\)/g;

/**
 * Runs the loaders of all that pages and modules attach, and of `dynamicPaths`, into Framework's cache, where its build
 * finds their answers: as many at once as there are cores, and each archive unpacked once, where Framework runs one after
 * another and reads the archive anew for each of its files.
 * @throws Error of the first loader that fails
 */
export async function runLoaders(
  {root, loaders}: FrameworkConfig,
  dynamicPaths: readonly string[],
  log: Log
): Promise<void> {
  const paths = new Set<string>(dynamicPaths);
  for (const file of await listSources(root)) {
    for (const [, name] of (await readFile(file, "utf8")).matchAll(attached)) {
      paths.add(name!.startsWith("/") ? name! : join("/", file.slice(root.length), "..", name!));
    }
  }
  const archives = new Map<string, {archive: FileLoader; members: Map<string, string>}>();
  const tasks: (() => Promise<unknown>)[] = [];
  for (const path of paths) {
    const found = loaders.find(path);
    if (!found) continue;
    if (found.preload) {
      const {members} = archives.get(found.path) ?? {members: new Map<string, string>()};
      archives.set(found.path, {archive: found, members: members.set(found.inflatePath!, path)});
    } else if (found.targetPath) tasks.push(() => found.load({useStale: true}, log));
  }
  for (const {archive, members} of archives.values()) tasks.unshift(() => unpack(archive, members));
  // The longest are among the archives.
  const next = tasks.values();
  await Promise.all(
    Array.from({length: availableParallelism()}, async () => {
      for (const task of next) await task();
    })
  );

  async function unpack(archive: FileLoader, members: ReadonlyMap<string, string>): Promise<void> {
    const file = join(root, await archive.preload!({useStale: true}, log));
    const {files} = await JSZip.loadAsync(await readFile(file));
    for (const [name, path] of members) {
      if (!files[name]) continue;
      const place = join(cacheFolder(root), path);
      await mkdir(dirname(place), {recursive: true});
      await writeFile(place, await files[name].async("nodebuffer"));
    }
  }
}
