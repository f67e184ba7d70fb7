import {expect, test} from "vitest";
import {defineTerms, definitions, term} from "../../../../src/components/ui/glossary.js";

test("a word of the field has its definition behind it, another stays as it is", () => {
  const word = term("Confusion matrix") as HTMLElement;
  expect(word.querySelector("button")!.textContent).toBe("Confusion matrix");
  expect(word.querySelector("[role=tooltip]")!.textContent).toBe(definitions["confusion matrix"]);
  expect(term("Parasitaemia of Chula's fields")).toBe("Parasitaemia of Chula's fields");
});

test("definitions are sentences, under words as they are looked up", () => {
  for (const [word, definition] of Object.entries(definitions)) {
    expect(word).toBe(word.toLowerCase());
    expect(definition).toMatch(/^\S.*\.$/);
  }
});

test("the terms of a page's prose get their definitions, once", () => {
  document.body.innerHTML = "<main><p>One <dfn>Epoch</dfn> and a <dfn>cell</dfn>.</p></main><p><dfn>epoch</dfn></p>";
  defineTerms();
  defineTerms();
  const [prose, outside] = [...document.querySelectorAll("p")];
  expect([...prose!.querySelectorAll("button")].map(({textContent}) => textContent)).toEqual(["Epoch"]);
  expect(prose!.querySelector("[role=tooltip]")!.textContent).toBe(definitions.epoch);
  expect(prose!.querySelector("dfn")!.textContent).toBe("cell");
  expect(outside!.querySelector("button")).toBeNull();
  document.body.replaceChildren();
});
