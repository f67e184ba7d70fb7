import {basename} from "node:path/posix";
import {build} from "esbuild";
import type {BuildOptions} from "esbuild";

/** A part of the site's code, as it is split by who needs it; it names others as `./` and their names. */
export interface Part {
  text: string;
  /** Parts that are fetched with it. */
  imports: readonly string[];
  /** Parts that are fetched when it asks for them. */
  onDemand: readonly string[];
  /** Entries of the workers that it can start. */
  workers: readonly string[];
  exports: readonly string[];
  /** Whether it is run for its own sake, so not twice. */
  isEntry: boolean;
  /** What it is made of, with the bytes of each. */
  modules: readonly (readonly [file: string, bytes: number])[];
}

/** All names at the start, and what follows from them, however far. */
export function reachable(start: Iterable<string>, next: (name: string) => Iterable<string>): Set<string> {
  const found = new Set(start);
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
}

/**
 * Makes one of parts that the same pages fetch at the same time: a request takes longer than some hundred bytes do, and
 * no page fetches more for it. What runs in workers stays apart from what does not, and entries stay alone.
 * @param pages names of the parts that each page starts with
 * @returns the parts, minified, by name; one that is made of several is called as the first of them
 */
export async function joinParts(
  split: ReadonlyMap<string, Part>,
  pages: readonly (readonly string[])[],
  options: BuildOptions
): Promise<ReadonlyMap<string, Part>> {
  const parts = shortenNames(split);
  const groups = new Map(groupParts(parts, pages).map((names) => [names[0]!, names]));
  const leaderOf = new Map([...groups].flatMap(([leader, names]) => names.map((name) => [name, leader] as const)));
  const isDefault = (name: string) => parts.get(name)!.exports.includes("default");
  const {outputFiles} = await build({
    ...options,
    entryPoints: [...groups.keys()],
    bundle: true,
    minify: true,
    write: false,
    plugins: [
      {
        name: "parts",
        setup({onResolve, onLoad}) {
          onResolve({filter: /./}, ({path, kind, importer, namespace}) => {
            if (kind === "entry-point") return {path, namespace: "group"};
            const name = basename(path);
            const leader = leaderOf.get(name);
            if (leader === undefined) return {path, external: true};
            const isWithin = namespace === "group" || leader === leaderOf.get(importer);
            return isWithin && kind !== "dynamic-import"
              ? {path: name, namespace: "part"}
              : {path: `./${leader}`, external: true};
          });
          // All that a module exports leaves its default export out.
          onLoad({filter: /./, namespace: "group"}, ({path}) => ({
            contents: groups
              .get(path)!
              .flatMap((name) => [
                `export * from "./${name}";`,
                ...(isDefault(name) ? [`export {default} from "./${name}";`] : [])
              ])
              .join("\n")
          }));
          onLoad({filter: /./, namespace: "part"}, ({path}) => ({contents: parts.get(path)!.text}));
        }
      }
    ]
  });
  const texts = new Map(outputFiles.map(({path, text}) => [basename(path), text]));
  return new Map(
    [...groups].map(([leader, names]): [string, Part] => {
      const some = names.map((name) => parts.get(name)!);
      const named = (which: (part: Part) => readonly string[]) => [
        ...new Set(some.flatMap(which).map((name) => leaderOf.get(name)!))
      ];
      return [
        leader,
        {
          text: texts.get(leader)!,
          imports: named(({imports}) => imports).filter((name) => name !== leader),
          onDemand: named(({onDemand}) => onDemand),
          workers: named(({workers}) => workers),
          exports: some.flatMap(({exports}) => exports),
          isEntry: some[0]!.isEntry,
          modules: some.flatMap(({modules}) => modules)
        }
      ];
    })
  );
}

const imported = /^import \{([^}]*)\} from "\.\/([^"]+)";/gm;
const exported = /^export \{([^}]*)\};/m;

/** Gives what parts pass on among themselves a short name that nothing else has; not what pages, or calls on demand, ask for. */
function shortenNames(parts: ReadonlyMap<string, Part>): Map<string, Part> {
  const asked = new Set([...parts.values()].flatMap(({onDemand}) => onDemand));
  const short = new Map<string, string>();
  for (const [name, {isEntry, exports}] of parts) {
    if (isEntry || asked.has(name) || exports.includes("default")) continue;
    for (const each of exports) short.set(`${name} ${each}`, `$${short.size.toString(36)}`);
  }
  const rename = (clause: string, write: (from: string, to: string) => string) =>
    clause
      .split(",")
      .map((each) => {
        const [from, to = from] = each.trim().split(" as ");
        return write(from!, to!);
      })
      .join(", ");
  const named = (part: string, name: string) => short.get(`${part} ${name}`) ?? name;
  return new Map(
    [...parts].map(([name, part]) => {
      const text = part.text
        .replace(
          imported,
          (_, clause: string, other: string) =>
            `import {${rename(clause, (from, to) => `${named(other, from)} as ${to}`)}} from "./${other}";`
        )
        .replace(
          exported,
          (_, clause: string) => `export {${rename(clause, (from, to) => `${from} as ${named(name, to)}`)}};`
        );
      return [name, {...part, text, exports: part.exports.map((each) => named(name, each))}];
    })
  );
}

/** Sorts the parts by who fetches them. Parts that export the same name stay apart, as does what has a default export. */
function groupParts(parts: ReadonlyMap<string, Part>, pages: readonly (readonly string[])[]): string[][] {
  const follow = (start: Iterable<string>, next: (part: Part) => readonly string[]) =>
    reachable(start, (name) => next(parts.get(name)!));
  const fetched = (start: readonly string[]) => follow(start, ({imports, workers}) => [...imports, ...workers]);
  const all = [...parts.values()];
  const started = all.flatMap(({workers}) => workers);
  const inWorkers = follow(started, ({imports, onDemand}) => [...imports, ...onDemand]);
  const byPage = pages.map(fetched);
  const byDemand = [...new Set(all.flatMap(({onDemand}) => onDemand))].map((start) => fetched([start]));
  const places = (sets: Set<string>[], name: string) => sets.flatMap((set, n) => (set.has(name) ? [n] : []));
  const groups: {key: string; names: string[]; exports: Set<string>}[] = [];
  /** Whether something that the group needs, however far, needs the group: it could not be named by what it needs. */
  const isRound = (group: readonly string[]) => {
    const together = (name: string) => groups.find(({names}) => names.includes(name))?.names ?? [name];
    const needed = (names: readonly string[]) =>
      names.flatMap((name) => {
        const {imports, onDemand, workers} = parts.get(name)!;
        return [...imports, ...onDemand, ...workers];
      });
    const others = needed(group).filter((name) => !group.includes(name));
    const beyond = reachable(others, (name) => needed(together(name)));
    return group.some((name) => beyond.has(name));
  };
  for (const [name, {isEntry, exports}] of parts) {
    const start = places(byPage, name);
    const isAlone = isEntry || exports.includes("default");
    const key = isAlone
      ? name
      : JSON.stringify([start, start.length ? [] : places(byDemand, name), inWorkers.has(name)]);
    let group = groups.find(
      (one) => one.key === key && exports.every((each) => !one.exports.has(each)) && !isRound([...one.names, name])
    );
    if (!group) groups.push((group = {key, names: [], exports: new Set()}));
    group.names.push(name);
    for (const each of exports) group.exports.add(each);
  }
  return groups.map(({names}) => names);
}
