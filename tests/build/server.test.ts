import {readFileSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {headersFor} from "../../src/build/headers.js";
import {ask, prepareSite, servers} from "./servers.js";
import type {Running, ServedSite} from "./servers.js";

let site: ServedSite;
beforeAll(async () => {
  site = await prepareSite();
});
afterAll(() => site?.remove());

for (const {name, available, start} of servers) {
  describe.runIf(available)(name, () => {
    let server: Running;
    beforeAll(async () => {
      server = await start(site);
    });
    afterAll(() => server?.close());
    const get = (path: string, headers: Record<string, string> = {}) => ask(new URL(path, server.url), headers);

    test("sends the headers of src/build/headers.ts with every kind of file", async () => {
      const kinds = [
        /index\.html$/,
        /worker\.\w+\.js$/,
        /styles\/site\.\w+\.css$/,
        /\.webp$/,
        /\.bin$/,
        /\.wasm$/,
        /service-worker\.js$/,
        /\.txt$/
      ];
      const paths = ["/", "/pages/dataset", ...kinds.map((kind) => site.files.find((file) => kind.test(file))!)];
      paths.push(site.files.find((file) => /_import\/components\/classifier\/worker\.\w+\.js$/.test(file))!);
      paths.push(site.files.find((file) => /_import\/components\/smear\/field-worker\.\w+\.js$/.test(file))!);
      for (const path of paths) {
        const {status, headers} = await get(path);
        expect([path, status]).toEqual([path, 200]);
        for (const [key, value] of Object.entries(headersFor(path))) {
          expect([path, key, headers[key.toLowerCase()]]).toEqual([path, key, value]);
        }
      }
    });

    test("names the type of what it sends", async () => {
      const type = async (kind: RegExp) =>
        (await get(site.files.find((file) => kind.test(file))!)).headers["content-type"];
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
      const framed = await start(site, course);
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
      expect(gunzipSync(page.body).equals(readFileSync(join(site.root, "index.html")))).toBe(true);
      const columns = site.files.find((file) => /cells\.\w+\.arrow$/.test(file))!;
      const table = await get(columns, {"accept-encoding": "gzip"});
      expect(gunzipSync(table.body).equals(readFileSync(join(site.root, columns)))).toBe(true);
      const plain = await get("/", {"accept-encoding": "identity"});
      expect(plain.headers["content-encoding"]).toBeUndefined();
      const weights = await get(
        site.files.find((file) => file.endsWith(".bin"))!,
        {"accept-encoding": "gzip, br"}
      );
      expect(weights.headers["content-encoding"]).toBeUndefined();
    });

    test("answers a part of a file, the rest of it, and refuses one beyond its end", async () => {
      const path = site.files.find((file) => file.endsWith(".bin"))!;
      const whole = readFileSync(join(site.root, path));
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
  });
}
