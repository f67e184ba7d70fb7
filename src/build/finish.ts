import {readFile, writeFile} from "node:fs/promises";
import {JSDOM} from "jsdom";
import {listFiles} from "./files.js";

/**
 * Mends what Framework's page template leaves undone (axe-core's findings on a bare page): the language, a viewport
 * that allows zooming, a way past the sidebar, names for the navigations and the sidebar's switch, a list that holds
 * only items, the mark of the current page, and keyboard access to blocks that scroll. Idempotent.
 */
export function finishPage(html: string): string {
  const dom = new JSDOM(html);
  const {document} = dom.window;
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);

  document.documentElement.lang = "en";
  find("meta[name=viewport]")?.setAttribute("content", "width=device-width, initial-scale=1");

  find("#observablehq-sidebar")?.setAttribute("aria-label", "Pages");
  find("#observablehq-sidebar-toggle")?.setAttribute("aria-label", "Show or hide the list of pages");
  const close = find("#observablehq-sidebar-close");
  close?.parentElement?.querySelector("li")?.append(close);
  find(".observablehq-link-active > a")?.setAttribute("aria-current", "page");
  find("#observablehq-footer nav")?.setAttribute("aria-label", "Previous and next page");

  const contents = find("#observablehq-toc");
  if (contents?.querySelector("a")) contents.querySelector("nav")?.setAttribute("aria-label", "On this page");
  else contents?.remove();

  for (const block of document.querySelectorAll("pre")) block.tabIndex = 0;
  const main = find("#observablehq-main");
  if (main && !find(".skip-link")) {
    main.tabIndex = -1;
    const skip = document.createElement("a");
    skip.className = "skip-link";
    skip.href = `#${main.id}`;
    skip.textContent = "Skip to the content";
    document.body.prepend(skip);
  }
  // The 404 page has a base address, against which a bare fragment would lead away from it.
  if (find("base")) {
    for (const link of document.querySelectorAll("a[href^='#']")) {
      link.setAttribute("href", `404${link.getAttribute("href")}`);
    }
  }
  return dom.serialize();
}

/** Finishes every page below `directory` in place; resolves to the number of pages. */
export async function finishSite(directory: string): Promise<number> {
  const pages = (await listFiles(directory)).filter((file) => file.endsWith(".html"));
  for (const page of pages) await writeFile(page, finishPage(await readFile(page, "utf8")));
  return pages.length;
}
