/** A way through a graph, from the node whose value is explained back to the node whose gradient is wanted. */
export interface Path {
  from: string;
  to: string;
}

/**
 * What lies on the way: all that depends on `to` and that `from` depends on, `to` itself left out.
 * @param all each after its inputs
 * @param read a name and its inputs' names
 * @throws Error if there is no way from one to the other
 */
export function onTheWay<T>(
  all: readonly T[],
  {from, to}: Path,
  read: (one: T) => {name: string; input: readonly string[]}
): T[] {
  const named = all.map((one) => ({one, ...read(one)}));
  const after = new Set([to]);
  for (const {name, input} of named) if (input.some((source) => after.has(source))) after.add(name);
  const before = new Set([from]);
  for (const {name, input} of [...named].reverse()) {
    if (before.has(name)) for (const source of input) before.add(source);
  }
  if (!after.has(from) || from === to) throw new Error(`The network has no way from ${from} back to ${to}.`);
  return named.filter(({name}) => name !== to && after.has(name) && before.has(name)).map(({one}) => one);
}
