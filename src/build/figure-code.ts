/**
 * Gives each figure of a module its code as it was written, since the module itself is minified: beside each `draw: …`
 * of `module`, which Framework has made of the TypeScript `source`, stands `code: "…"`.
 * @throws Error when the two do not hold the same number of them
 */
export function addFigureCode(module: string, source: string): string {
  const drawing = /\bdraw: (?=\()/g;
  const found = module.match(drawing)?.length ?? 0;
  if (!found) return module;
  const codes = findDraws(source);
  if (codes.length !== found) {
    throw new Error(`A module has ${found} figures, but ${codes.length} lines of its source begin with "draw: (".`);
  }
  return module.replace(drawing, (draw) => `code: ${JSON.stringify(codes.shift())}, ${draw}`);
}

/** What follows `draw:` in a source that Prettier has laid out: lines further in, and one that closes them. */
function findDraws(source: string): string[] {
  const lines = source.split("\n");
  const depth = (line: string) => line.length - line.trimStart().length;
  return lines.flatMap((line, start) => {
    if (!/^\s*draw: \(/.test(line)) return [];
    let end = start + 1;
    while (end < lines.length && depth(lines[end]!) > depth(line)) end++;
    if (depth(lines[end] ?? "") === depth(line) && /^\s*[)}\]]/.test(lines[end]!)) end++;
    const code = lines.slice(start, end).map((each) => each.slice(depth(line)));
    return [
      code
        .join("\n")
        .replace(/^draw: /, "")
        .replace(/,$/, "")
    ];
  });
}
