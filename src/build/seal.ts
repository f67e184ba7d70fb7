import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {readFile, writeFile} from "node:fs/promises";
import {dirname, join, relative, sep} from "node:path";
import {JSDOM} from "jsdom";
import {listFiles} from "./files.js";
import {pagePolicy} from "./headers.js";

/** The service worker's file at the root of the site, whose folder is what it serves. */
export const workerFile = "service-worker.js";

/** The integrity value of `content`: `sha256-` and its digest in base64. */
export function integrity(content: string | Uint8Array): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}

/** Options of {@link sealPage}. */
export interface SealOptions {
  /** Content of the file at a reference of the page; undefined when it is not the site's. */
  read: (href: string) => Uint8Array | undefined;
  /** Inline styles that the page's scripts may add. */
  styles?: string[];
  /** Address of the service worker, relative to the page; without it the page starts none. */
  serviceWorker?: string;
}

/**
 * Seals a finished page: each stylesheet and script that it names carries the hash of its file, and the first element
 * of its head is the Content-Security-Policy, with the hash of each inline script and style. WebAssembly is allowed
 * only where the page names a binary. Must come last, since a later change of a script would lock it out. Idempotent.
 */
export function sealPage(html: string, {read, styles = [], serviceWorker}: SealOptions): string {
  const dom = new JSDOM(html);
  const {document} = dom.window;
  for (const element of document.querySelectorAll(
    "script[src], link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]"
  )) {
    const content = read(element.getAttribute("src") ?? element.getAttribute("href")!);
    if (content) element.setAttribute("integrity", integrity(content));
  }
  const inline = (selector: string) =>
    [...document.querySelectorAll(selector)].map(({textContent}) => `'${integrity(textContent ?? "")}'`);
  const policy = pagePolicy({
    scripts: [...new Set(inline("script:not([src])"))],
    styles: [...new Set([...inline("style"), ...styles.map((style) => `'${integrity(style)}'`)])],
    wasm: /\.wasm"/.test(html)
  });
  document.querySelectorAll("meta[http-equiv=Content-Security-Policy], meta[name=service-worker]").forEach((meta) => {
    meta.remove();
  });
  if (serviceWorker) document.head.append(makeMeta("name", "service-worker", serviceWorker));
  document.head.prepend(makeMeta("http-equiv", "Content-Security-Policy", policy));
  return dom.serialize();

  function makeMeta(attribute: string, name: string, content: string): HTMLMetaElement {
    const meta = document.createElement("meta");
    meta.setAttribute(attribute, name);
    meta.content = content;
    return meta;
  }
}

/** Seals every page of the built site in `directory`. */
export async function sealSite(directory: string, options: Pick<SealOptions, "styles"> = {}): Promise<void> {
  for (const page of (await listFiles(directory)).filter((file) => file.endsWith(".html"))) {
    const html = await readFile(page, "utf8");
    // The 404 page is served at any address, so what it names is relative to its base, the root; it starts no worker.
    const based = html.includes("<base ");
    const folder = based ? directory : dirname(page);
    const serviceWorker = based ? undefined : relative(folder, join(directory, workerFile)).split(sep).join("/");
    const read = (href: string) => {
      const file = join(folder, decodeURI(href.replace(/[?#].*$/, "")));
      return !relative(directory, file).startsWith("..") && existsSync(file) ? readFileSync(file) : undefined;
    };
    await writeFile(page, sealPage(html, {read, serviceWorker, ...options}));
  }
}
