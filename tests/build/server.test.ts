import {spawn, spawnSync} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {Agent, request} from "node:http";
import type {IncomingMessage} from "node:http";
import {createServer} from "node:net";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join, relative, resolve} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {compressSite} from "../../src/build/compress.js";
import {listFiles} from "../../src/build/files.js";
import {headersFor} from "../../src/build/headers.js";
import {serve} from "../../src/build/serve.js";

// The server configurations of deploy/, and the server of `npm start`, on this computer's loopback only.
const has = (command: string) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
const agent = new Agent({keepAlive: true, maxSockets: 32});
let folder: string;
let root: string;
let files: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "malaria-server-"));
  root = join(folder, "site");
  // The built site without most of its sheets and weights, which would only take time to copy.
  const heavy = /sheet-(?!000)\d+\.webp$|weights-[1-5]-of-6\.bin$/;
  cpSync("dist", root, {recursive: true, filter: (source) => !heavy.test(source)});
  await compressSite(root);
  files = (await listFiles(root)).map((file) => `/${relative(root, file)}`).filter((file) => !/\.(br|gz)$/.test(file));
});
afterAll(() => {
  agent.destroy();
  rmSync(folder, {recursive: true, force: true});
});

interface Running {
  url: string;
  close(): Promise<void>;
}

const servers: {name: string; available: boolean; requests: number; start(framedBy?: string): Promise<Running>}[] = [
  {name: "npm start", available: true, requests: 2000, start: (framedBy) => serve(root, {port: 0, framedBy})},
  {
    name: "nginx",
    available: has("nginx"),
    requests: 10_000,
    async start(framedBy = "'none'") {
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
    name: "Caddy",
    available: has("caddy"),
    requests: 2000,
    async start(framedBy) {
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

for (const {name, available} of servers) {
  if (!available) console.log(`${name} is not installed here, so its configuration is not tested on this computer.`);
}

describe.each(servers.filter(({available}) => available))("$name", ({start, requests}) => {
  let server: Running;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.close());
  const get = (path: string, headers: Record<string, string> = {}) => ask(new URL(path, server.url), headers);

  test("sends the headers of src/build/headers.ts with every kind of file", async () => {
    const kinds = [
      /index\.html$/,
      /worker\.\w+\.js$/,
      /style\.\w+\.css$/,
      /\.webp$/,
      /\.bin$/,
      /\.wasm$/,
      /service-worker\.js$/,
      /\.txt$/
    ];
    const paths = ["/", "/pages/dataset", ...kinds.map((kind) => files.find((file) => kind.test(file))!)];
    paths.push(files.find((file) => /_import\/components\/classifier\/worker\.\w+\.js$/.test(file))!);
    for (const path of paths) {
      const {status, headers} = await get(path);
      expect([path, status]).toEqual([path, 200]);
      for (const [key, value] of Object.entries(headersFor(path))) {
        expect([path, key, headers[key.toLowerCase()]]).toEqual([path, key, value]);
      }
    }
  });

  test("names the type of what it sends", async () => {
    const type = async (kind: RegExp) => (await get(files.find((file) => kind.test(file))!)).headers["content-type"];
    expect(await type(/\.wasm$/)).toBe("application/wasm");
    expect(await type(/\.webp$/)).toBe("image/webp");
    expect(await type(/_import\/.*\.js$/)).toMatch(/^(text|application)\/javascript\b/);
    expect(await type(/\.html$/)).toMatch(/^text\/html; ?charset=utf-8$/);
  });

  test("answers clean addresses, and an unknown one with 404 and the site's page for it", async () => {
    expect((await get("/pages/dataset?label=uninfected")).text).toContain("<title>Dataset");
    const missing = await get("/no/such/page");
    expect([missing.status, missing.text.includes("Page not found")]).toEqual([404, true]);
    expect(missing.headers["x-content-type-options"]).toBe("nosniff");
    for (const path of ["/..%2f..%2f..%2fetc/passwd", "/pages/"])
      expect((await get(path)).status).toBeGreaterThanOrEqual(400);
  });

  test("sends an address that means a page on to the page's own, with its query", async () => {
    for (const {path} of config.pages) {
      for (const address of [`${path}/`, `${path}/index.html`, path.toUpperCase(), `${path.toUpperCase()}/`]) {
        const {status, headers} = await get(`${address}?cell=a`);
        expect([address, status, headers.location]).toEqual([address, 301, `${path}?cell=a`]);
        expect((await get(address)).headers.location).toBe(path);
      }
      for (const address of [path, `${path}.html`])
        expect([address, (await get(address)).status]).toEqual([address, 200]);
    }
  });

  test("may be framed by nobody, or by whom its one line names", async () => {
    const course = "https://course.example.org";
    expect((await get("/pages/classify")).headers["content-security-policy"]).toBe("frame-ancestors 'none'");
    const framed = await start(course);
    try {
      const {headers} = await ask(new URL("/pages/classify", framed.url), {});
      expect(headers["content-security-policy"]).toBe(`frame-ancestors ${course}`);
    } finally {
      await framed.close();
    }
  });

  test("compresses text, sends weights as they are, and says that it depends", async () => {
    const page = await get("/", {"accept-encoding": "gzip"});
    expect(page.headers["content-encoding"]).toBe("gzip");
    expect(page.headers.vary).toMatch(/accept-encoding/i);
    expect(gunzipSync(page.body).equals(readFileSync(join(root, "index.html")))).toBe(true);
    const columns = files.find((file) => /cells\.\w+\.arrow$/.test(file))!;
    const table = await get(columns, {"accept-encoding": "gzip"});
    expect(gunzipSync(table.body).equals(readFileSync(join(root, columns)))).toBe(true);
    const plain = await get("/", {"accept-encoding": "identity"});
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const weights = await get(
      files.find((file) => file.endsWith(".bin"))!,
      {"accept-encoding": "gzip, br"}
    );
    expect(weights.headers["content-encoding"]).toBeUndefined();
  });

  test("answers a part of a file, the rest of it, and refuses one beyond its end", async () => {
    const path = files.find((file) => file.endsWith(".bin"))!;
    const whole = readFileSync(join(root, path));
    const part = await get(path, {range: "bytes=100-199"});
    expect([part.status, part.body.equals(whole.subarray(100, 200))]).toEqual([206, true]);
    expect(part.headers["content-range"]).toBe(`bytes 100-199/${whole.length}`);
    const rest = await get(path, {range: `bytes=${whole.length - 5}-`});
    expect([rest.status, rest.body.equals(whole.subarray(-5))]).toEqual([206, true]);
    expect((await get(path, {range: `bytes=${whole.length + 5}-`})).status).toBe(416);
  });

  test("confirms what a browser has already", async () => {
    const {headers} = await get("/pages/dataset");
    expect((await get("/pages/dataset", {"if-none-match": headers.etag!})).status).toBe(304);
  });

  test(`answers ${requests.toLocaleString("en")} requests without an error`, async () => {
    const light = files.filter((file) => !/\.(bin|webp)$/.test(file));
    const wrong: string[] = [];
    let next = 0;
    const began = performance.now();
    const client = async () => {
      while (next < requests) {
        const path = light[next++ % light.length]!;
        const {status} = await get(path, {"accept-encoding": "br, gzip"}).catch((error: Error) => ({
          status: error.message
        }));
        if (status !== 200) wrong.push(`${status} ${path}`);
      }
    };
    await Promise.all(Array.from({length: 32}, client));
    console.log(`${requests} requests in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    expect(wrong).toEqual([]);
  }, 300_000);
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
  text: string;
}

function ask(url: URL, headers: Record<string, string>): Promise<Answer> {
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
