import {existsSync, readFileSync} from "node:fs";
import {createServer} from "node:http";
import type {Server} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {parseArgs} from "node:util";
import sirv from "sirv";
import {canonicalPath} from "../components/site/addresses.js";
import {headersFor} from "./headers.js";

/** Where a served site is, and how to stop it. */
export interface Served {
  url: string;
  close(): Promise<void>;
}

/**
 * What `npm start` is told: by its arguments, and the port else by `PORT` in the environment, as hosts set it.
 * @throws Error that says what to give instead of what is no port or no option
 */
export function readOptions(
  args: string[],
  {PORT}: NodeJS.ProcessEnv
): {port: number; host: string | undefined; verbose: boolean} {
  const {values} = parseArgs({
    args,
    options: {port: {type: "string"}, host: {type: "string"}, verbose: {type: "boolean", default: false}}
  });
  const given = values.port ?? (PORT || "3000");
  const port = Number(given);
  if (!given.trim() || !Number.isInteger(port) || port < 0 || port > 65535) {
    const place = values.port === undefined ? " (PORT in the environment)" : "";
    throw new Error(`"${given}"${place} is no port. Give a number from 0 to 65535, as in: npm start -- --port 8080`);
  }
  return {port, host: values.host, verbose: values.verbose};
}

/**
 * Serves the static site in `directory`: clean addresses (`/pages/dataset` is `pages/dataset.html`), to which others that mean
 * a page are sent on (`/Pages/Dataset/`), its 404 page, the headers of {@link headersFor}, and compressed copies of files where `npm run compress` has made them.
 * @param options.port first port to try; the next free one is taken when it is in use. 0 lets the system choose.
 * @param options.host address to listen on; by default only this computer can reach it.
 * @param options.framedBy who may show the site in a frame, as in frame-ancestors; nobody by default.
 * @param options.isolated false to leave out the headers that isolate a page, as hosts of plain files do.
 * @throws Error when `directory` holds no `index.html`.
 */
export async function serve(
  directory: string,
  {port = 3000, host = "127.0.0.1", isolated = true, framedBy = "'none'"} = {}
): Promise<Served> {
  if (!existsSync(join(directory, "index.html"))) {
    throw new Error(`There is no index.html in ${directory}. Run "npm run build" first.`);
  }
  const notFound = existsSync(join(directory, "404.html")) ? readFileSync(join(directory, "404.html")) : "Not found";
  const answer = sirv(directory, {
    etag: true,
    brotli: true,
    gzip: true,
    extensions: ["html"],
    setHeaders(response, pathname) {
      for (const [name, value] of Object.entries(headersFor(pathname, {isolated, framedBy})))
        response.setHeader(name, value);
    },
    onNoMatch(_request, response) {
      response
        .writeHead(404, {
          ...headersFor("/404", {isolated, framedBy}),
          "Content-Type": "text/html; charset=utf-8",
          "Cache-Control": "no-store"
        })
        .end(notFound);
    }
  });
  const server = createServer((request, response) => {
    const {pathname, search} = new URL(request.url!, "http://localhost");
    const page = canonicalPath(pathname);
    if (page === null || !existsSync(join(directory, page.endsWith(".html") ? page : `${page}.html`))) {
      return answer(request, response);
    }
    return response.writeHead(301, {...headersFor(page, {isolated, framedBy}), Location: page + search}).end();
  });
  await listen(server, port, host);
  const {port: actual} = server.address() as AddressInfo;
  return {
    url: `http://${host === "127.0.0.1" ? "localhost" : host}:${actual}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      })
  };
}

/** Has `server` listen at `host` on `port`, or on the first free port of the hundred after it; 0 for any free port. */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  const last = port === 0 ? 0 : Math.min(port + 100, 65535);
  for (let candidate = port; ; candidate++) {
    try {
      return await new Promise((resolve, reject) => {
        server.once("error", reject).listen(candidate, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
    } catch (error) {
      server.removeAllListeners("error");
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || candidate >= last) throw error;
    }
  }
}
