/** The source of a function, without the indentation that its place in a file gave it. */
export function sourceText(callable: (...parameters: never[]) => unknown): string {
  const [first = "", ...rest] = String(callable).split("\n");
  const indents = rest.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Infinity);
  return [first, ...rest.map((line) => line.slice(indent))].join("\n");
}
