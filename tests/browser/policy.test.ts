import {afterAll, beforeAll, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {mount} from "./mount.js";
import type {Mount} from "./mount.js";
import {useWhole} from "./policy-visit.js";

// Every page and its main interactions with all headers of the container: isolated pages, a policy for workers too. The
// same on a plain host is in policy.slow.test.ts.
const patient = {timeout: 90_000};
let site: Site;
let host: Mount;
beforeAll(async () => {
  site = await openSite({isolated: true, webgl: false});
  host = await mount("dist");
});
afterAll(async () => {
  await site?.close();
  await host?.close();
});

test.each(["/", ...config.pages.map(({path}) => path), "/404"])("%s keeps to its policy", async (path) => {
  expect(await useWhole(site, site.url, path)).toBe(true);
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
