import {afterAll, beforeAll, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {shiftOf} from "./layout-shift.js";

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

test.concurrent.each(["/", ...config.pages.map(({path}) => path)])(
  "nothing moves while %s loads on a wide screen (layout shift at most .05)",
  async (path) => expect(await shiftOf(site, path, {width: 1280})).toEqual([])
);
