import {basename, dirname, join} from "node:path/posix";
import {transform} from "esbuild";
import {sha256} from "../data/pack/digest.js";
import {addressFrom} from "./bundle-modules.js";
import type {Page} from "./bundle.js";

/** Where the stylesheets lie that are made here: two folders below the root, as those do that name other files. */
const FOLDER = "_import/styles";

/**
 * Makes one stylesheet of those that all pages name first, and one of what else a page names, each in the order of the
 * page, and has the pages name these: nothing is drawn before all have come, and each is a request.
 * @param styles texts by their path from the root of the site
 * @returns what was made, minified, by its path, with the hash of its content in its name
 * @throws Error when a page names a stylesheet that is not there
 */
export async function joinStyles(
  pages: readonly Page[],
  styles: ReadonlyMap<string, string>
): Promise<Map<string, string>> {
  const lists = pages.map((page) => {
    const links = [...page.document.querySelectorAll("head link[rel=stylesheet]")];
    const place = page.document.querySelector("base") ? "." : dirname(page.file);
    const paths = links.map((link) => join(place, link.getAttribute("href")!.replace(/^\//, "")));
    return {...page, links, paths};
  });
  const [first] = lists;
  const differs = (path: string, n: number) => lists.some(({paths}) => paths[n] !== path);
  const end = first?.paths.findIndex(differs) ?? 0;
  const shared = end < 0 ? first!.paths.length : end;
  const made = new Map<string, string>();
  const known = new Map<string, string>();
  for (const {file, document, links, paths} of lists) {
    document.querySelectorAll("link[rel=preload][as=style]").forEach((link) => link.remove());
    const name = basename(file, ".html");
    for (const [of, some] of [
      ["site", paths.slice(0, shared)],
      [name, paths.slice(shared)]
    ] as const) {
      if (some.length === 0) continue;
      const key = some.join("\n");
      if (!known.has(key)) {
        const texts = some.map((path) => {
          const text = styles.get(path);
          if (text === undefined) throw new Error(`${file} names the stylesheet ${path}, which is not there.`);
          return text;
        });
        const {code} = await transform(texts.join("\n"), {loader: "css", minify: true});
        const path = `${FOLDER}/${of}.${sha256(code).slice(0, 8)}.css`;
        made.set(path, code);
        known.set(key, path);
      }
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.setAttribute("href", addressFrom(file, known.get(key)!));
      links[0]!.before(link);
    }
    for (const link of links) link.remove();
  }
  return made;
}
