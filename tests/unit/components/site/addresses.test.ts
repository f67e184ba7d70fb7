import {describe, expect, test} from "vitest";
import {canonicalPath, goToCanonical} from "../../../../src/components/site/addresses.js";

describe("canonicalPath", () => {
  test.each([
    ["/pages/classify/", "/pages/classify"],
    ["/Pages/classify.HTML", "/pages/classify.html"],
    ["/pages/classify/index.html", "/pages/classify"],
    ["/Pages/Classify", "/pages/classify"],
    ["/PAGES/MODEL-CARD/", "/pages/model-card"],
    ["/malaria/pages/Classify/", "/malaria/pages/classify"]
  ])("%s is %s", (path, page) => expect(canonicalPath(path)).toBe(page));

  test.each([
    "/",
    "/pages/classify",
    "/malaria/",
    "/malaria/pages/classify",
    "/_file/data/X.json",
    "/models/m/model.json",
    "/nowhere/"
  ])("%s stays", (path) => expect(canonicalPath(path)).toBeNull());
});

test("the query and the fragment go along; a right address is left alone", () => {
  const gone: string[] = [];
  const at = (pathname: string) => ({
    pathname,
    search: "?cell=a",
    hash: "#b",
    replace: (to: string) => void gone.push(to)
  });
  goToCanonical(at("/site/pages/Dataset/") as unknown as Location);
  goToCanonical(at("/site/pages/dataset") as unknown as Location);
  expect(gone).toEqual(["/site/pages/dataset?cell=a#b"]);
});
