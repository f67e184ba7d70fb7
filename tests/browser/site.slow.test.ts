import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {findViolations, looks, openIn, overhang, paths, states} from "./accessibility.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// All of axe-core on every page, and in every state that a page has only in use, opened anew in every look. The first look
// of a page is held to all of it in site.test.ts; a state is not, whose tables are shortened there.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

const all = [...looks, {scheme: "light", size: "zoomed"} as const];
const plain = paths.map((path) => ({name: path, path, fill: async () => {}, wanted: all.slice(1)}));
const used = states.map((state) => ({...state, wanted: all}));
describe.concurrent.each([...plain, ...used])("$name", ({path, fill, wanted}) => {
  test.each(wanted)("is accessible and fits: $scheme, $size", async (look) => {
    const visit = await openIn(site, path, look);
    await fill(visit.page);
    expect(await findViolations(visit.page)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
    await visit.close();
  });
});
