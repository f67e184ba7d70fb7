import {addressFrom} from "./bundle-modules.js";
import type {Page} from "./bundle.js";
import {faces} from "./fonts.js";

/**
 * Mends what Framework's page template leaves undone (axe-core's findings on a bare page): the language, a viewport
 * that allows zooming, a way past the menu, names for the navigations, keyboard access to blocks that scroll, stylesheets
 * in the head, the faces asked for at once, and a live region for what concerns the whole site. Points `<a
 * data-written="FILE">` at the file of that name which the build writes into the root of the site: Framework would warn of
 * an address whose file is not there yet. Idempotent.
 */
export function finishPage({file, document}: Page): void {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);

  document.documentElement.lang = "en";
  find("meta[name=viewport]")?.setAttribute("content", "width=device-width, initial-scale=1");

  find("#observablehq-footer nav")?.setAttribute("aria-label", "Previous and next page");

  const contents = find("#observablehq-toc");
  if (contents?.querySelector("a")) contents.querySelector("nav")?.setAttribute("aria-label", "On this page");
  else contents?.remove();

  // Where a page names them, they would be fetched after all scripts, and hold these up.
  const styles = [...document.querySelectorAll("head link[rel=stylesheet]")].at(-1);
  styles?.after(...document.querySelectorAll("main link:is([rel=stylesheet], [rel=preload])"));

  // A face that comes before the first line is drawn wraps none anew: after the styles it often comes too late.
  if (!find("link[as=font]")) {
    const links = faces.map(({file: face}) => {
      const link = document.createElement("link");
      const href = addressFrom(file, `fonts/${face}`);
      const attributes = {rel: "preload", as: "font", type: "font/woff2", crossorigin: "", href};
      for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
      return link;
    });
    document.head.querySelector("link, script")?.before(...links);
  }

  for (const link of document.querySelectorAll<HTMLElement>("a[data-written]")) {
    link.setAttribute("href", addressFrom(file, link.dataset.written!));
    link.removeAttribute("data-written");
  }
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
  if (!find("#site-notice")) {
    const notice = document.createElement("div");
    notice.id = "site-notice";
    notice.setAttribute("role", "status");
    document.body.append(notice);
  }
  // The 404 page has a base address, against which a bare fragment would lead away from it.
  if (find("base")) {
    for (const link of document.querySelectorAll("a[href^='#']")) {
      link.setAttribute("href", `404${link.getAttribute("href")}`);
    }
  }
}
