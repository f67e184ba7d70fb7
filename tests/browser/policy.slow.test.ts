import {afterAll, beforeAll, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {mount} from "./mount.js";
import type {Mount} from "./mount.js";
import {useWhole} from "./policy-visit.js";

// On a plain host under a path of its own the policy is in the pages alone. A build for the root does not know of another
// path, which its 404 page has to be told: that page is left to policy.test.ts.
let site: Site;
let host: Mount;
beforeAll(async () => {
  site = await openSite({webgl: false});
  host = await mount("dist");
});
afterAll(async () => {
  await site?.close();
  await host?.close();
});

test.each(["/", ...config.pages.map(({path}) => path)])("on a plain host %s keeps to its policy", async (path) => {
  expect(await useWhole(site, host.url, path)).toBe(false);
});
