import type {Page} from "./bundle.js";

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
 * References in `pages` that lead to none of the site's `files`, both by their path from its root, or to no element with
 * that id.
 * Clean addresses count: `/pages/dataset` is `pages/dataset.html`. Foreign addresses are not followed, and fragments
 * with `=` or `&` are taken for the state of a page, not for an element.
 */
export function findBrokenLinks(pages: readonly Page[], files: readonly string[]): BrokenLink[] {
  const addresses = new Set(files.map(toAddress));
  const documents = new Map(pages.map(({file, document}) => [toAddress(file), document]));
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
    const known = [address, address.replace(/\/$/, "/index")].find((candidate) => addresses.has(candidate));
    if (known === undefined) return false;
    const fragment = decodeURIComponent(url.hash.slice(1));
    return !fragment || dynamicAnchor.test(fragment) || !documents.get(known) || hasId(documents.get(known)!, fragment);
  }
}

function hasId(document: Document, id: string): boolean {
  return document.getElementById(id) !== null || document.getElementsByName(id).length > 0;
}

const toAddress = (file: string) => `/${file}`.replace(/\.html$/, "");
