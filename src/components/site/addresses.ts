/**
 * The address that a page has, for one that means it but would be answered without its files or not at all: with a slash or
 * a further `index.html` at its end, or in upper case. What stands before `/pages/` (a site under a path of its own) is kept.
 * @param pathname path of an address, as in `location.pathname`
 * @returns the path to go to, or null where this one is right as it is, or means no page
 */
export function canonicalPath(pathname: string): string | null {
  const [, before, name, end] = /^(.*)\/pages\/([\w-]+)(\.html)?(?:\/|\/index(?:\.html)?)?$/i.exec(pathname) ?? [];
  const path = name === undefined ? pathname : `${before}/pages/${name.toLowerCase()}${end?.toLowerCase() ?? ""}`;
  return path === pathname ? null : path;
}

/** Goes from a mistyped address of a page to the page, for hosts of plain files, which answer with the page for unknown ones. */
export function goToCanonical(location: Location): void {
  const path = canonicalPath(location.pathname);
  if (path !== null) location.replace(path + location.search + location.hash);
}
