/** A page of the menu. */
export interface MenuPage {
  name: string;
  path: string;
}

/**
 * The bar over every page: the site's title, which leads home, and the pages. On a narrow screen the pages are behind a
 * button, which `src/components/site/menu.ts` works; without scripts they are all there.
 * @param path of the page that carries it, such as `/pages/classify`
 */
export function siteHeader({title, pages, path}: {title: string; pages: readonly MenuPage[]; path: string}): string {
  const mark = (to: string) => (path === to ? ` aria-current="page"` : "");
  const items = pages.map(({name, path: to}) => `<li><a href="${to}"${mark(to)}>${name}</a></li>`);
  return `<a class="site-title" href="/"${mark("/index")}>${title}</a>
<button id="menu-button" type="button" aria-controls="site-menu" aria-expanded="false">Menu</button>
<nav id="site-menu" aria-label="Pages"><ul>${items.join("")}</ul></nav>`;
}

/** The line under every page. @param repository address of the source code, where `package.json` names one */
export function siteFooter(repository?: string): string {
  const code = repository === undefined ? "" : ` · <a href="${repository}">Source code</a>`;
  return `Malaria Detection · research and education only · not a medical device${code}`;
}
