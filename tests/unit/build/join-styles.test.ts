import {expect, test} from "vitest";
import {joinStyles} from "../../../src/build/join-styles.js";
import {parsePage} from "./folders.js";

const styles = new Map([
  ["_import/style.css", "a { color: red; } @font-face { src: url('../../fonts/a.woff2'); }"],
  ["_file/ui/ui.css", "b {\n  color: blue;\n}"],
  ["_file/own/own.css", "a { color: green; }"]
]);
const page = (file: string, ...names: string[]) =>
  parsePage(
    `<!DOCTYPE html><head><link rel="preload" as="style" href="x.css">${names
      .map((name) => `<link rel="stylesheet" href="${name}">`)
      .join("")}<script></script></head>`,
    file
  );
const linked = ({document}: {document: Document}) =>
  [...document.querySelectorAll("head > *")].map((one) => one.getAttribute("href") ?? one.localName);

test("what all pages name first is one stylesheet, the rest of each another, in their order and small", async () => {
  const pages = [
    page("index.html", "./_import/style.css", "./_file/ui/ui.css", "./_file/own/own.css"),
    page("pages/a.html", "../_import/style.css", "../_file/ui/ui.css"),
    page("pages/b.html", "../_import/style.css", "../_file/ui/ui.css", "../_file/own/own.css")
  ];
  const made = await joinStyles(pages, styles);
  const [shared, own] = [...made.keys()];
  expect([...made.keys()].map((name) => name.replace(/\.\w{8}\./, "."))).toEqual([
    "_import/styles/site.css",
    "_import/styles/index.css"
  ]);
  expect(made.get(shared!)).toMatch(
    /^a\{color:red\}@font-face\{src:url\(\.\.\/\.\.\/fonts\/a\.woff2\)\}b\{color:#?\w+\}\n$/
  );
  expect(made.get(own!)).toBe("a{color:green}\n");
  expect(pages.map(linked)).toEqual([
    [`./${shared}`, `./${own}`, "script"],
    [`../${shared}`, "script"],
    [`../${shared}`, `../${own}`, "script"]
  ]);
});

test("pages that name the same have one; a page with a base names its from there", async () => {
  const alone = [page("pages/a.html", "../_import/style.css"), page("404.html", "/_import/style.css")];
  alone[1]!.document.head.prepend(alone[1]!.document.createElement("base"));
  const made = await joinStyles(alone, styles);
  expect(made.size).toBe(1);
  expect(linked(alone[1]!).slice(1)).toEqual([`./${[...made.keys()][0]}`, "script"]);
});

test("a stylesheet that is not there is named, with its page", async () => {
  await expect(joinStyles([page("pages/a.html", "../_file/none.css")], styles)).rejects.toThrow(
    "pages/a.html names the stylesheet _file/none.css, which is not there."
  );
});
