import {expect, test} from "vitest";
import {labelCounts} from "../../../../src/components/charts/label-counts.js";
import {document, expectChart} from "../../svg-snapshot.js";

const data = [
  {label: "parasitized" as const, cells: 13779, disputed: 647},
  {label: "uninfected" as const, cells: 13779, disputed: 750}
];

test("label counts", () => expectChart("label-counts", () => labelCounts(data, {document})));

test("each label has an agreed and a disputed bar, named with their counts", () => {
  const titles = [...labelCounts(data, {document}).querySelectorAll("rect title")].map((title) => title.textContent);
  expect(titles).toEqual([
    "parasitized, agreed: 13,132",
    "parasitized, disputed: 647",
    "uninfected, agreed: 13,029",
    "uninfected, disputed: 750"
  ]);
});
