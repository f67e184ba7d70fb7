import {spawn, spawnSync} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {Agent, request} from "node:http";
import type {IncomingMessage} from "node:http";
import {createServer} from "node:net";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join, relative, resolve} from "node:path";
import {compressSite} from "../../src/build/compress.js";
import {listFiles} from "../../src/build/files.js";
import {serve} from "../../src/build/serve.js";

// The server configurations of deploy/, and the server of `npm start`, on this computer's loopback only.
const agent = new Agent({keepAlive: true, maxSockets: 32});

/** The built site, compressed, without most of its sheets and weights, which would only take time to copy. */
export interface ServedSite {
  /** A folder for what a server writes; the site is in it too. */
  folder: string;
  root: string;
  /** Addresses of its files, from the root. */
  files: string[];
  remove(): void;
}

export interface Running {
  url: string;
  close(): Promise<void>;
}

/** Copies the built site for servers. */
export async function prepareSite(): Promise<ServedSite> {
  const folder = mkdtempSync(join(tmpdir(), "malaria-server-"));
  const root = join(folder, "site");
  const heavy = /sheet-(?!000)\d+\.webp$|weights-[1-5]-of-6\.bin$/;
  cpSync("dist", root, {recursive: true, filter: (source) => !heavy.test(source)});
  await compressSite(root);
  const files = (await listFiles(root)).map((file) => `/${relative(root, file)}`);
  return {
    folder,
    root,
    files: files.filter((file) => !/\.(br|gz)$/.test(file)),
    remove() {
      agent.destroy();
      rmSync(folder, {recursive: true, force: true});
    }
  };
}

/** Names a server, and says of one that is not here how to have it. */
const title = (name: string, command: string, packageName: string) => {
  const available = spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
  return {available, name: available ? name : `${name}, which is not installed here (apt-get install ${packageName})`};
};

/** The servers that the site's files are written for. */
export const servers: {
  name: string;
  available: boolean;
  requests: number;
  start(site: ServedSite, framedBy?: string): Promise<Running>;
}[] = [
  {name: "npm start", available: true, requests: 2000, start: ({root}, framedBy) => serve(root, {port: 0, framedBy})},
  {
    ...title("nginx", "nginx", "nginx-light"),
    requests: 10_000,
    async start({folder, root}, framedBy = "'none'") {
      const port = await freePort();
      const own = mkdtempSync(join(folder, "nginx-"));
      const text = readFileSync("deploy/nginx.conf", "utf8")
        .replace("listen 8080", `listen 127.0.0.1:${port}`)
        .replace("/srv/site", root)
        .replace(/(\$framed_by \{ default )"[^"]*"/, `$1"${framedBy}"`)
        .replaceAll("/tmp/nginx", join(own, "nginx"));
      writeFileSync(
        join(own, "site.conf"),
        spawnSync("id", ["-u"]).stdout.toString().trim() === "0" ? `user root;\n${text}` : text
      );
      return run(spawn("nginx", ["-c", join(own, "site.conf")], {stdio: ["ignore", "inherit", "inherit"]}), port);
    }
  },
  {
    ...title("Caddy", "caddy", "caddy"),
    requests: 2000,
    async start({folder, root}, framedBy) {
      const port = await freePort();
      const site = {
        SITE_ADDRESS: `http://127.0.0.1:${port}`,
        SITE_ROOT: root,
        ...(framedBy && {SITE_FRAMED_BY: framedBy})
      };
      const env = {...process.env, ...site, HOME: folder};
      const command = ["run", "--config", resolve("deploy/Caddyfile"), "--adapter", "caddyfile"];
      return run(spawn("caddy", command, {env, stdio: ["ignore", "ignore", "ignore"]}), port);
    }
  }
];

/** What a server answered. */
export interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
  text: string;
}

/** Asks a server, over connections that are kept. */
export function ask(url: URL, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, {agent, headers, path: url.pathname + url.search}, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks);
        resolve({status: response.statusCode!, headers: response.headers, body, text: body.toString()});
      });
    });
    asking.on("error", reject).end();
  });
}

async function run(child: ChildProcess, port: number): Promise<Running> {
  const url = `http://127.0.0.1:${port}/`;
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (let n = 0; n < 100; n++) {
    const answer = await ask(new URL(url), {}).catch(() => undefined);
    if (answer) return {url, close: () => (child.kill("SIGTERM"), ended)};
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGTERM");
  throw new Error(`The server did not answer at ${url}.`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const {port} = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
