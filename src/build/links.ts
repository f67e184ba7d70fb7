import {readFile} from "node:fs/promises";
import {relative, sep} from "node:path";
import {JSDOM} from "jsdom";
import {listFiles} from "./files.js";

/** A reference of a built page that leads nowhere. */
export interface BrokenLink {
  /** Address of the page, as `/pages/dataset`. */
  page: string;
  /** The reference as it stands in the page. */
  href: string;
}

const attributes = {"[href]": "href", "[src]": "src"};
const dynamicAnchor = /[=&]/;

/**
 * References in the pages of the site in `directory` that lead to no file of it, or to no element with that id.
 * Clean addresses count: `/pages/dataset` is `pages/dataset.html`. Foreign addresses are not followed, and fragments
 * with `=` or `&` are taken for the state of a page, not for an element.
 */
export async function findBrokenLinks(directory: string): Promise<BrokenLink[]> {
  const files = new Map((await listFiles(directory)).map((file) => [toAddress(directory, file), file]));
  const documents = new Map<string, Document>();
  for (const [address, file] of files) {
    if (file.endsWith(".html")) documents.set(address, new JSDOM(await readFile(file, "utf8")).window.document);
  }
  const broken: BrokenLink[] = [];
  for (const [page, document] of documents) {
    const base = new URL(document.querySelector("base")?.getAttribute("href") ?? page, "http://site.invalid");
    for (const [selector, attribute] of Object.entries(attributes)) {
      for (const element of document.querySelectorAll(selector)) {
        if (element.tagName === "BASE") continue;
        const href = element.getAttribute(attribute)!;
        if (!leadsSomewhere(href, base)) broken.push({page, href});
      }
    }
  }
  return broken;

  function leadsSomewhere(href: string, base: URL): boolean {
    if (!URL.canParse(href, base.href)) return false;
    const url = new URL(href, base);
    if (url.origin !== base.origin) return true;
    const address = decodeURI(url.pathname).replace(/\.html$/, "");
    const known = [address, address.replace(/\/$/, "/index")].find((candidate) => files.has(candidate));
    if (known === undefined) return false;
    const fragment = decodeURIComponent(url.hash.slice(1));
    return !fragment || dynamicAnchor.test(fragment) || !documents.get(known) || hasId(documents.get(known)!, fragment);
  }
}

function hasId(document: Document, id: string): boolean {
  return document.getElementById(id) !== null || document.getElementsByName(id).length > 0;
}

function toAddress(directory: string, file: string): string {
  return `/${relative(directory, file).split(sep).join("/")}`.replace(/\.html$/, "");
}
