import {createHash} from "node:crypto";
import {dirname, join} from "node:path/posix";
import {addressFrom} from "./bundle-modules.js";
import type {Page} from "./bundle.js";
import {pagePolicy} from "./headers.js";

/** The service worker's file at the root of the site, whose folder is what it serves. */
export const workerFile = "service-worker.js";

/** The integrity value of `content`: `sha256-` and its digest in base64. */
export function integrity(content: string | Uint8Array): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}

/** Options of {@link sealPage}. */
export interface SealOptions {
  /** Content of the file at a path from the root of the site; undefined when there is none. */
  read(path: string): Uint8Array | undefined;
  /** Inline styles that the page's scripts may add. */
  styles?: readonly string[];
}

/**
 * Seals a finished page: each stylesheet and script that it names carries the hash of its file (what a style or
 * a script fetches by its own does not: it names no hash, and would be fetched twice), and the first element of its head is the
 * Content-Security-Policy, with the hash of each inline script and style. WebAssembly is allowed only where the page names
 * a binary. Names the service worker, but on a page with a base: that is the 404 page, which is
 * served at any address, and what it names is relative to its base, the root. Must come last, since a later change of a
 * script would lock it out. Idempotent.
 */
export function sealPage({file, document}: Page, {read, styles = []}: SealOptions): void {
  const based = document.querySelector("base") !== null;
  const folder = based ? "." : dirname(file);
  for (const element of document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=modulepreload]")) {
    const href = element.getAttribute("src") ?? element.getAttribute("href")!;
    const content = read(join(folder, decodeURI(href.replace(/[?#].*$/, ""))));
    if (content) element.setAttribute("integrity", integrity(content));
  }
  const texts = (selector: string) =>
    [...document.querySelectorAll(selector)].map(({textContent}) => textContent ?? "");
  const sources = (inline: string[]) => [...new Set(inline.map((text) => `'${integrity(text)}'`))];
  const scripts = texts("script:not([src])");
  const policy = pagePolicy({
    scripts: sources(scripts),
    styles: sources([...texts("style"), ...styles]),
    wasm: scripts.some((text) => text.includes('.wasm"'))
  });
  document.querySelectorAll("meta[http-equiv=Content-Security-Policy], meta[name=service-worker]").forEach((meta) => {
    meta.remove();
  });
  if (!based)
    document.head.append(makeMeta("name", "service-worker", addressFrom(file, workerFile).replace(/^\.\//, "")));
  document.head.prepend(makeMeta("http-equiv", "Content-Security-Policy", policy));

  function makeMeta(attribute: string, name: string, content: string): HTMLMetaElement {
    const meta = document.createElement("meta");
    meta.setAttribute(attribute, name);
    meta.content = content;
    return meta;
  }
}
