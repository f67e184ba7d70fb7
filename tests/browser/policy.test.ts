import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {CELL} from "../fixtures/pictures.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {mount} from "./mount.js";
import type {Mount} from "./mount.js";
import {touchEverything} from "./touch.js";

// Every page and its main interactions, on a plain host under a path of its own (the policy in the pages alone) and
// with all headers of the container (isolated pages, a policy for workers too). A visit fails on any console error,
// foreign or failed request, and any violation of the policy.
const patient = {timeout: 90_000};
let site: Site;
let host: Mount;
beforeAll(async () => {
  site = await openSite({isolated: true});
  host = await mount("dist");
});
afterAll(async () => {
  await site?.close();
  await host?.close();
});

const interactions: Record<string, (page: Page) => Promise<unknown>> = {
  "/pages/dataset": async (page) => {
    await page.locator(".gallery-view").focus();
    await page.keyboard.press("Enter");
    await page.locator(".neighbours li").first().waitFor(patient);
    await page.getByRole("spinbutton", {name: "Brightness from"}).fill("0.6");
    await page.locator(".map-place").scrollIntoViewIfNeeded();
    await page.getByRole("button", {name: "Zoom in"}).click(patient);
    await page.locator(".map-canvas").press("Enter");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", {name: /^Save CSV of/}).click();
    await (await saving).path();
  },
  "/pages/augmentation": async (page) => {
    await page.getByRole("button", {name: "Reroll"}).click();
    await page.waitForSelector(".draws[aria-busy=false]");
  },
  "/pages/training": async (page) => {
    await page.locator("figure svg").first().hover();
    await saveFrom(page, "figure");
  },
  "/pages/evaluation": async (page) => {
    await page.locator("main input[type=range]").first().focus();
    await page.keyboard.press("ArrowRight");
    await saveFrom(page, "figure");
  },
  "/pages/classify": async (page) => {
    await page.locator("[data-testid=model-status][data-state=ready]").waitFor(patient);
    await page.getByLabel("Pictures of single cells").setInputFiles(CELL);
    await page.getByTestId("prediction").first().waitFor(patient);
    await page.getByRole("button", {name: /^Turn and mirror it/}).click();
    await page.getByTestId("views").first().waitFor(patient);
  },
  "/pages/model-card": (page) => saveFrom(page, "figure")
};

async function saveFrom(page: Page, selector: string): Promise<void> {
  const part = page.locator(selector).first();
  await part.locator("summary").first().click();
  const saving = page.waitForEvent("download");
  await part.getByRole("button", {name: "Save SVG"}).first().click();
  await (await saving).path();
}

const pages = ["/", ...config.pages.map(({path}) => path)];
// A build for the root does not know of another path, which its 404 page has to be told: that page is left to one host.
describe.each([
  {kind: "plain", paths: pages},
  {kind: "isolated", paths: [...pages, "/404"]}
])("$kind host", ({kind, paths}) => {
  test.each(paths)("%s keeps to its policy", async (path) => {
    const root = kind === "plain" ? host.url : site.url;
    const query = path === "/pages/classify" ? "?backend=wasm" : "";
    const visit = await site.open(new URL(path.slice(1) + query, root).href);
    const {page} = visit;
    await settle(page);
    await interactions[path]?.(page);
    const used = await touchEverything(page);
    expect(Object.values(used).some((count) => count > 0) || !interactions[path], JSON.stringify(used)).toBe(true);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(kind === "isolated");
    await visit.close();
  });
});

test("the policy bites: inline script, eval, foreign requests and foreign pictures are refused", async () => {
  const context = await site.browser.newContext({serviceWorkers: "block"});
  const page = await context.newPage();
  await page.goto(host.url);
  const refused = await page.evaluate(async () => {
    const violated = new Set<string>();
    document.addEventListener("securitypolicyviolation", (event) => violated.add(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    const style = document.createElement("style");
    style.textContent = "body {display: none}";
    const image = document.createElement("img");
    image.src = "https://elsewhere.invalid/x.png";
    document.body.append(script, style, image);
    await fetch("https://elsewhere.invalid/").catch(() => {});
    // In a task of its own: what the debugger itself runs is free of the policy.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function("return 1")());
        } catch {
          resolve("refused");
        }
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return {violated: [...violated].sort(), evaluated, injected: "injected" in window};
  });
  expect(refused.injected).toBe(false);
  expect(refused.evaluated).toBe("refused");
  expect(refused.violated).toEqual(
    expect.arrayContaining(["connect-src", "img-src", "script-src", "script-src-elem", "style-src-elem"])
  );
  await context.close();
});

test("a script that is not the built one does not run", async () => {
  const context = await site.browser.newContext({serviceWorkers: "block"});
  const page = await context.newPage();
  await page.route("**/_import/components/site/site.*.js", (route) =>
    route.fulfill({contentType: "text/javascript", body: "window.changed = true"})
  );
  const complaint = page.waitForEvent("console", {
    predicate: (message) => /integrity/.test(message.text()),
    ...patient
  });
  await page.goto(host.url);
  await complaint;
  expect(await page.evaluate(() => "changed" in window)).toBe(false);
  await context.close();
});
