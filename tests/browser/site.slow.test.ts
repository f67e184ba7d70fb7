import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {findViolations, lookAnew, looks, ofLook, openIn, overhang, paths, states} from "./accessibility.js";
import type {Look} from "./accessibility.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// What site.test.ts does not open anew: every page narrow and zoomed from the start, where the menu is another, and in the
// dark; and every state that a page has only in use, with its tables of full length. A scheme changes only colours.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

const zoomed: Look = {scheme: "light", size: "zoomed"};
const [wide, , narrow] = looks as [Look, Look, Look];
describe.concurrent.each(paths)("%s", (path) => {
  test.each([...looks.slice(1), zoomed])("is accessible and fits: $scheme, $size", async (look) => {
    const visit = await openIn(site, path, look);
    expect(await findViolations(visit.page, look.scheme === "dark" ? ofLook : undefined)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
    await visit.close();
  });
});

describe.concurrent.each(states)("$name", ({path, fill}) => {
  test.each([wide, narrow])("is accessible and fits, dark too: $size", async (look) => {
    const visit = await openIn(site, path, look);
    await fill(visit.page);
    expect(await findViolations(visit.page)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
    for (const other of [{...look, scheme: "dark"} as const, ...(look === narrow ? [zoomed] : [])]) {
      await lookAnew(visit.page, other);
      expect(await findViolations(visit.page, ofLook)).toEqual([]);
      expect(await overhang(visit.page)).toBe(0);
    }
    await visit.close();
  });
});
