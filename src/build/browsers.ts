/** The oldest browsers that the site runs in, by major version; README states them. */
export const oldestBrowsers = {chrome: 110, firefox: 115, safari: 16.4};

/**
 * What the site needs of a browser without a way around it, and since when there is it (Edge has Chrome's versions). From
 * https://github.com/mdn/browser-compat-data, in this order: javascript.operators.import_meta.resolve,
 * api.Worker.Worker.ecmascript_modules (workers within workers load modules from Safari 16.4 on),
 * api.OffscreenCanvas.getContext.2d_context, webassembly.fixed-width-SIMD, javascript.builtins.Array.toSorted and its like,
 * which TypeScript lets the code use.
 */
export const neededFeatures: Record<string, typeof oldestBrowsers> = {
  "import.meta.resolve": {chrome: 105, firefox: 106, safari: 16.4},
  "workers that are modules": {chrome: 80, firefox: 114, safari: 15},
  "OffscreenCanvas with a 2d context": {chrome: 69, firefox: 105, safari: 16.4},
  "WebAssembly SIMD": {chrome: 91, firefox: 89, safari: 16.4},
  "arrays of ES2023": {chrome: 110, firefox: 115, safari: 16}
};

/** What esbuild may leave as it is. */
export const scriptTarget = ["es2022", ...Object.entries(oldestBrowsers).map(([name, version]) => `${name}${version}`)];
