import {transform} from "esbuild";
import {expect, test} from "vitest";
import {addFigureCode} from "../../../src/build/figure-code.js";

const source = `export const figures = (now: () => number) => [
  figure({
    draw: ({width}) => plot(now(), {width}),
    caption: "a"
  }),
  figure({
    caption: "b",
    draw: ({width}) =>
      rates(now() as number, {
        width
      }),
    table: () => []
  }),
  figure({
    draw: ({width}) => {
      const wide = width as number;
      return plot(wide);
    }
  })
];
`;

test("each figure has its code as it was written: types and all, at the margin, without the comma after it", async () => {
  const {code} = await transform(source, {loader: "ts"});
  const given: string[] = [];
  const made = addFigureCode(code, source)
    .replace("export const", "const")
    .replace(/export \{[^}]*\};/, "");
  new Function("figure", `${made}\nfigures(() => 1);`)(({code: text}: {code: string}) => given.push(text));
  expect(given).toEqual([
    "({width}) => plot(now(), {width})",
    "({width}) =>\n  rates(now() as number, {\n    width\n  })",
    "({width}) => {\n  const wide = width as number;\n  return plot(wide);\n}"
  ]);
});

test("a source laid out otherwise is told, and a module without figures left as it is", () => {
  expect(() => addFigureCode("figure({draw: (a) => b})", "figure({draw: (a) => b})")).toThrow("1 figures, but 0 lines");
  expect(addFigureCode("const a = 1;", source)).toBe("const a = 1;");
});
