import {readFileSync} from "node:fs";
import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {siteFooter, siteHeader} from "../../../src/build/site-header.js";

const pages = [
  {name: "Classify", path: "/pages/classify"},
  {name: "Dataset", path: "/pages/dataset"}
];
const bar = (path: string) => new JSDOM(siteHeader({title: "Malaria Detection", pages, path})).window.document;

test("the bar names the site and its pages in their order, and marks the current one", () => {
  const document = bar("/pages/dataset");
  expect([...document.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["Malaria Detection", "/"],
    ["Classify", "/pages/classify"],
    ["Dataset", "/pages/dataset"]
  ]);
  expect([...document.querySelectorAll("[aria-current=page]")].map(({textContent}) => textContent)).toEqual([
    "Dataset"
  ]);
  expect(bar("/index").querySelector("[aria-current=page]")!.textContent).toBe("Malaria Detection");
  expect(bar("/404").querySelector("[aria-current]")).toBeNull();
});

test("the list of pages belongs to a button that says Menu, and begins closed", () => {
  const button = bar("/index").querySelector("button")!;
  expect(button.textContent).toBe("Menu");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(bar("/index").querySelector(`nav#${button.getAttribute("aria-controls")}`)).not.toBeNull();
});

test("the line below links to the source code where its address is known, which is one for package and citation", () => {
  const link = (repository?: string) => new JSDOM(siteFooter(repository)).window.document.querySelector("a");
  expect(link()).toBeNull();
  expect(link("https://example.org/code")!.getAttribute("href")).toBe("https://example.org/code");
  const {repository} = JSON.parse(readFileSync("package.json", "utf8")) as {repository?: string};
  expect(/^repository-code: (.*)$/m.exec(readFileSync("CITATION.cff", "utf8"))?.[1]).toBe(repository);
});
