import {expect, test} from "vitest";
import {replacePart} from "../../../models/readme-part.js";

test("a part is replaced between its marks, the same again a second time, and missing marks are named", () => {
  const readme = "a\n<!-- pages: make -->\nold\n<!-- end of pages -->\nb";
  const once = replacePart(readme, "pages: make", "new\n");
  expect(once).toBe("a\n<!-- pages: make -->\nnew\n<!-- end of pages -->\nb");
  expect(replacePart(once, "pages: make", "new\n")).toBe(once);
  expect(() => replacePart(readme, "other: make", "")).toThrow(/README\.md must hold/);
});
