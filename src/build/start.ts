import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import config from "../../observablehq.config.js";
import {build, stamp} from "./build.js";
import {isStale} from "./freshness.js";
import {readOptions, serve} from "./serve.js";

// The names in src/ rather than src/ itself: Framework's cache comes and goes there.
const sources = ["observablehq.config.ts", "package-lock.json", "models"];
sources.push(
  ...readdirSync("src")
    .filter((name) => !name.startsWith("."))
    .map((name) => join("src", name))
);
try {
  const {port, host, verbose} = readOptions(process.argv.slice(2), process.env);
  if (!existsSync(join(config.output, "index.html")) || (await isStale(stamp, sources))) await build({verbose});
  const site = await serve(config.output, {port, host, framedBy: process.env.SITE_FRAMED_BY});
  const taken = port && new URL(site.url).port !== String(port) ? ` (port ${port} is taken)` : "";
  console.log(`\nMalaria Detection is at ${site.url}${taken}\nPress Ctrl+C to stop.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void site.close());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
