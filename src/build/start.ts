import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import config from "../../observablehq.config.js";
import {build, stamp} from "./build.js";
import {isStale} from "./freshness.js";
import {serve} from "./serve.js";

const {values} = parseArgs({options: {port: {type: "string", default: "3000"}, host: {type: "string"}}});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`"${values.port}" is no port. Give a number from 0 to 65535, as in: npm start -- --port 8080`);
  process.exit(1);
}

// The names in src/ rather than src/ itself: Framework's cache comes and goes there.
const sources = ["observablehq.config.ts", "package-lock.json", "models"];
sources.push(
  ...readdirSync("src")
    .filter((name) => !name.startsWith("."))
    .map((name) => join("src", name))
);
try {
  if (!existsSync(join(config.output, "index.html")) || (await isStale(stamp, sources))) await build();
  const site = await serve(config.output, {port, host: values.host, framedBy: process.env.SITE_FRAMED_BY});
  const taken = port && new URL(site.url).port !== String(port) ? ` (port ${port} is taken)` : "";
  console.log(`\nMalaria Detection is at ${site.url}${taken}\nPress Ctrl+C to stop.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void site.close());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
