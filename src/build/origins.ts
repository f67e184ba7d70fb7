import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import type {Page} from "./bundle.js";

/** A foreign address that a browser would, or could, fetch by itself. */
export interface ForeignFetch {
  file: string;
  url: string;
  /** What would fetch it: an element, `css` or `script`. */
  how: string;
}

/**
 * Origins that scripts may name without fetching from them: XML namespaces, and addresses in the licence notes, error
 * messages and identifiers of bundled libraries. Reviewed by hand; a new one fails the build until it is looked at.
 */
export const inertOrigins = new Set([
  "http://www.w3.org",
  "http://www.apache.org",
  "https://arxiv.org",
  "https://bit.ly",
  "https://developer.mozilla.org",
  "https://emscripten.org",
  "https://github.com",
  "https://observablehq.com",
  "https://www.shadertoy.com"
]);

const foreign = /^\s*(?:[a-z][a-z\d+.-]*:)?\/\//i;
const absolute = /(?:https?|wss?):\/\/[a-z\d.-]+(?::\d+)?[^\s"'`<>()\\]*/gi;
const fetching =
  /(?:\bfetch|\bimport|\bimportScripts|\bnew (?:Worker|SharedWorker|WebSocket|EventSource|Image|URL|Request)|\bsendBeacon|\.open|\b(?:src|href|action)\s*=|\bfrom|\bimport)\s*\(?\s*["'`]((?:https?:|wss?:)?\/\/[^"'`]+)/gi;

/** Foreign addresses that opening the page would fetch. Plain links (`<a href>`) fetch nothing and are allowed. */
export function scanDocument(document: Document): {url: string; how: string}[] {
  const found: {url: string; how: string}[] = [];
  const add = (url: string | null, how: string) => {
    if (url && foreign.test(url)) found.push({url: url.trim(), how});
  };
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    for (const attribute of ["src", "data", "poster", "action", "formaction", "background", "ping"]) {
      add(element.getAttribute(attribute), name);
    }
    for (const attribute of ["href", "xlink:href"]) if (name !== "a") add(element.getAttribute(attribute), name);
    for (const candidate of element.getAttribute("srcset")?.split(",") ?? []) add(candidate.trim(), name);
    for (const {url} of scanCss(element.getAttribute("style") ?? "")) add(url, "css");
    if (name === "style") for (const {url} of scanCss(element.textContent ?? "")) add(url, "css");
    if (name === "script") for (const {url} of scanScript(element.textContent ?? "")) add(url, "script");
    if (name === "meta" && element.getAttribute("http-equiv")?.toLowerCase() === "refresh") {
      add(/url=(.*)/i.exec(element.getAttribute("content") ?? "")?.[1] ?? null, name);
    }
  }
  return found;
}

/** Foreign addresses that the stylesheet `css` would fetch by `url()` or `@import`. */
export function scanCss(css: string): {url: string; how: string}[] {
  const uncommented = css.replace(/\/\*[^]*?\*\//g, "");
  return [...uncommented.matchAll(/(?:url\(\s*|@import\s+)["']?([^"')\s;]+)/gi)]
    .map(([, url]) => ({url: url!, how: "css"}))
    .filter(({url}) => foreign.test(url));
}

/**
 * Foreign addresses in the script `code`: all that stand where a browser fetches (import, fetch, Worker, src and the
 * like), and any other whose origin is not among {@link inertOrigins}, since a name may reach a fetch by way of a
 * variable.
 */
export function scanScript(code: string): {url: string; how: string}[] {
  const fetched = [...code.matchAll(fetching)].map(([, url]) => url!);
  const named = (code.match(absolute) ?? []).filter((url) => !inertOrigins.has(originOf(url)));
  return [...new Set([...fetched, ...named])].map((url) => ({url, how: "script"}));
}

function originOf(url: string): string {
  return /^\w+:\/\/[^/?#]+/.exec(url)![0].toLowerCase();
}

/** Scans the `pages`, and the styles, scripts and SVG files among `files` of the site in `directory`. */
export async function findForeignFetches(
  directory: string,
  pages: readonly Page[],
  files: readonly string[]
): Promise<ForeignFetch[]> {
  const scanners: [RegExp, (text: string) => {url: string; how: string}[]][] = [
    [/\.svg$/, (text) => scanDocument(new JSDOM(text).window.document)],
    [/\.css$/, scanCss],
    [/\.m?js$/, scanScript]
  ];
  const found = pages.flatMap(({file, document}) => scanDocument(document).map((fetch) => ({file, ...fetch})));
  for (const file of files) {
    const scan = scanners.find(([pattern]) => pattern.test(file))?.[1];
    if (scan) found.push(...scan(await readFile(join(directory, file), "utf8")).map((fetch) => ({file, ...fetch})));
  }
  return found;
}
