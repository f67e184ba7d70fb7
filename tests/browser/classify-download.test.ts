import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {failingServer} from "../fixtures/failing-server.js";
import type {Behaviour} from "../fixtures/failing-server.js";
import {CELL} from "../fixtures/pictures.js";
import {sha256, tinyModel} from "../fixtures/tiny-model.js";
import {choose, file, openClassify, results, state} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// The model comes over real connections from a server that breaks them, refuses or lies.

const cell = readFileSync(CELL);
const large = "padding.bin";
let site: Site;
let model: Map<string, Uint8Array>;

beforeAll(async () => {
  site = await openSite({webgl: false});
  // A tiny model with 3 MB that no tensor needs, so that a connection can break within a file.
  model = tinyModel();
  const metadata = JSON.parse(Buffer.from(model.get("metadata.json")!).toString());
  const padding = Uint8Array.from({length: 3_000_000}, (_, n) => (n * 31 + (n >> 9)) % 251);
  metadata.files.push({path: large, bytes: padding.length, sha256: sha256(padding)});
  model.set(large, padding).set("metadata.json", Buffer.from(JSON.stringify(metadata)));
});
afterAll(() => site?.close());

/** Opens the page over a server that behaves so for the large file. */
async function openOver(behave: (count: number) => Behaviour) {
  const server = await failingServer(site.url, model, (name, count) => (name === large ? behave(count) : "serve"));
  const opened = await openClassify({browser: site.browser, url: server.url}, {model, own: true});
  return {
    ...opened,
    asked: () => server.log.filter((name) => name === large).length,
    others: () => server.log.filter((name) => name !== large).length,
    async close() {
      await opened.close();
      await server.close();
    }
  };
}

describe("the download of the model", () => {
  test("a file whose connection broke begins again, by itself; what came whole is not fetched twice", async () => {
    const {page, asked, others, close} = await openOver((count) => (count <= 2 ? {breakAfter: 600_000} : "serve"));
    await state(page, "ready");
    expect([asked(), others()]).toEqual([3, model.size - 1]);
    expect((await choose(page, [file("cell.png", cell)]))[0]!.testid).toBe("prediction");
    await close();
  });

  test("server errors are waited out; wrong bytes are fetched anew and never used", async () => {
    const wrong = model.get(large)!.slice();
    wrong[1_000_000]! ^= 1;
    const answers: Behaviour[] = [{status: 500}, {bytes: wrong}, {bytes: wrong.slice(0, 1000)}];
    const {page, asked, close} = await openOver((count) => answers[count - 1] ?? "serve");
    await state(page, "ready");
    expect(asked()).toBe(4);
    await close();
  });

  test("what stays away is said; Retry fetches only what is missing, once, and then the waiting file is answered", async () => {
    let away = true;
    const {page, asked, others, close} = await openOver((count) =>
      count === 1 ? {breakAfter: 600_000} : away ? {status: 404} : "serve"
    );
    await page.getByText(/^Downloading the network: .* of 3\.0 MB/).waitFor({state: "attached"});
    const [refused] = await choose(page, [file("cell.png", cell)]);
    expect(refused).toMatchObject({testid: "prediction-error", code: "unavailable"});
    await state(page, "failed");
    expect(await page.getByTestId("model-status").textContent()).toContain("not on the server (status 404)");
    expect(asked()).toBe(2);
    away = false;
    const before = others();
    await page.getByTestId("model-status").getByRole("button", {name: "Retry"}).dblclick();
    await state(page, "ready");
    await page.locator("[data-testid=prediction]").waitFor();
    expect(await results(page).count()).toBe(1);
    expect(asked()).toBe(3);
    expect(others() - before, "what was there").toBe(0);
    await close();
  });

  test("a connection that is gone for long is said, and its return is enough", async () => {
    const {page, asked, close} = await openOver((count) => (count <= 5 ? {breakAfter: 100} : "serve"));
    await state(page, "failed");
    expect(await page.getByTestId("model-status").textContent()).toContain("Check the connection and retry");
    expect(asked()).toBe(4);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await state(page, "ready");
    expect(asked()).toBe(6);
    await close();
  });
});
