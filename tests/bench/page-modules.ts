import {build} from "esbuild";
import type {Page} from "playwright-core";

/**
 * Has an opened page of the built site serve modules of `src/components` of its own, since the page's bundle shows only
 * what the page itself takes. Call it before the page imports them.
 * @param exported for each module, by its path under `src/components`, names to take from it
 * @returns the address of a module that exports these names
 */
export async function serveModules(page: Page, exported: Record<string, string[]>): Promise<string> {
  const lines = Object.entries(exported).map(
    ([module, names]) => `export {${names.join(", ")}} from "./src/components/${module}";`
  );
  const {outputFiles} = await build({
    stdin: {contents: lines.join("\n"), resolveDir: process.cwd()},
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022"
  });
  const address = new URL("/_import/measured.js", page.url()).href;
  await page.route(address, (route) => route.fulfill({contentType: "text/javascript", body: outputFiles[0]!.text}));
  return address;
}
