/**
 * Puts `text` between two marks of the README, `<!-- mark -->` and `<!-- end of … -->` with the mark's first word.
 * @param mark such as `pages: npm run bench:pages`
 * @throws Error when a mark is missing
 */
export function replacePart(readme: string, mark: string, text: string): string {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark.split(":")[0]} -->`];
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md must hold "${start}" and "${end}", in this order.`);
  return `${readme.slice(0, from + start.length)}\n${text}${readme.slice(to)}`;
}
