import {describe, expect, onTestFinished, test} from "vitest";
import {readOptions, serve} from "../../../src/build/serve.js";
import {makeFolder} from "./folders.js";

const files = {
  "index.html": "start",
  "404.html": "no such page",
  "pages/dataset.html": "dataset",
  "_file/x.1234.json": "{}",
  "models/m/weights-0.bin": "0123456789"
};

async function start(options = {}, folder = makeFolder(files)) {
  const site = await serve(folder, {port: 0, ...options});
  onTestFinished(() => site.close());
  return site;
}

describe("serve", () => {
  test("answers clean addresses and files, with their types", async () => {
    const {url} = await start();
    const get = async (path: string) => {
      const response = await fetch(new URL(path, url));
      return [response.status, await response.text(), response.headers.get("content-type")];
    };
    expect(await get("/")).toEqual([200, "start", "text/html;charset=utf-8"]);
    expect(await get("/pages/dataset?fold=0")).toEqual([200, "dataset", "text/html;charset=utf-8"]);
    expect(await get("/_file/x.1234.json")).toEqual([200, "{}", "application/json"]);
  });

  test("answers an unknown address with 404 and the site's page for it", async () => {
    const response = await fetch(new URL("/pages/gone", (await start()).url));
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("no such page");
  });

  test("does not serve what lies outside the folder", async () => {
    const {url} = await start();
    for (const path of ["/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd"]) {
      expect((await fetch(new URL(path, url))).status).toBe(404);
    }
  });

  test("lets hashed files be kept and has the others revalidated", async () => {
    const {url} = await start();
    const caching = async (path: string) => (await fetch(new URL(path, url))).headers.get("cache-control");
    expect(await caching("/_file/x.1234.json")).toContain("immutable");
    expect(await caching("/models/m/weights-0.bin")).toBe("no-cache");
    const etag = (await fetch(url)).headers.get("etag")!;
    expect((await fetch(url, {headers: {"If-None-Match": etag}})).status).toBe(304);
  });

  test("answers a range of a file", async () => {
    const {url} = await start();
    const response = await fetch(new URL("/models/m/weights-0.bin", url), {headers: {Range: "bytes=2-4"}});
    expect([response.status, await response.text()]).toEqual([206, "234"]);
  });

  test("takes the next free port when one is in use", async () => {
    const first = Number(new URL((await start()).url).port);
    const second = Number(new URL((await start({port: first})).url).port);
    expect(second).toBeGreaterThan(first);
  });

  test("says what to do when there is no site to serve", async () => {
    await expect(serve(makeFolder())).rejects.toThrow(/npm run build/);
  });

  test("is gone after closing", async () => {
    const site = await serve(makeFolder(files), {port: 0});
    await site.close();
    await expect(fetch(site.url)).rejects.toThrow();
  });
});

describe("readOptions", () => {
  test("takes the port from the arguments, else from PORT, else 3000", () => {
    expect(readOptions(["--port", "8080"], {PORT: "5000"}).port).toBe(8080);
    expect(readOptions([], {PORT: "5000"}).port).toBe(5000);
    expect(readOptions([], {PORT: ""}).port).toBe(3000);
    expect(readOptions(["--host", "0.0.0.0", "--verbose"], {})).toEqual({port: 3000, host: "0.0.0.0", verbose: true});
  });

  test.each([["--port", "x"], ["--port="], ["--port", "65536"], ["--port=-1"], ["--port", "80.5"]])(
    "says what is no port: %s %s",
    (...args) => expect(() => readOptions(args, {})).toThrow(/is no port\. Give a number from 0 to 65535/)
  );

  test("says where a wrong port comes from", () => {
    expect(() => readOptions([], {PORT: "tcp://10.0.0.1"})).toThrow(
      '"tcp://10.0.0.1" (PORT in the environment) is no port.'
    );
  });
});
