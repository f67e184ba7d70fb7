/**
 * Puts `text` between two marks of a README, `<!-- mark -->` and `<!-- end of … -->` with the mark's first word.
 * @param mark such as `pages: npm run bench:pages`
 * @param file what the README is called where a mark is missing
 * @throws Error when a mark is missing
 */
export function replacePart(readme: string, mark: string, text: string, file = "README.md"): string {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark.split(":")[0]} -->`];
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} must hold the lines ${start} and ${end}, in this order.`);
  return `${readme.slice(0, from + start.length)}\n${text}${readme.slice(to)}`;
}
