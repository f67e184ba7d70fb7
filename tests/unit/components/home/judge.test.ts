// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {judge} from "../../../../src/components/home/judge.js";
import type {Ask} from "../../../../src/components/home/judge.js";

const samples = ["Ring", "Torn"].map((title, n) => ({
  file: `${n}.png`,
  png: `cell${n}`,
  title,
  label: n ? "uninfected" : "parasitized",
  disputed: false
}));
const source = {base: "models/student/", sha256: "ab"};
const addressOf = (file: string) => `?cell=${file}`;
const answer = (text: string) => {
  const shown = document.createElement("p");
  shown.textContent = text;
  return {shown, sentence: "The small network says: very likely parasitized."};
};

test("a cell is shown in large, and nothing is asked for before one is pressed", async () => {
  const ask = vi.fn<Ask>(async ({file}) => answer(`97 % of ${file}`));
  const open = vi.fn(async () => ask);
  const root = judge({samples, source, open, addressOf});
  const [ring, torn] = [...root.querySelectorAll("button")];
  expect(root.querySelector<HTMLImageElement>(".judge-cell")!.src).toBe("data:image/png;base64,cell0");
  expect(open).not.toHaveBeenCalled();
  torn!.click();
  await vi.waitFor(() => expect(root.textContent).toContain("97 % of 1.png"));
  expect(root.textContent).toContain("The data set calls this cell uninfected.");
  expect(root.querySelector("a")!.getAttribute("href")).toBe("?cell=1.png");
  expect(torn!.getAttribute("aria-pressed")).toBe("true");
  ring!.click();
  await vi.waitFor(() => expect(root.textContent).toContain("97 % of 0.png"));
  expect(open).toHaveBeenCalledExactlyOnceWith(source);
  expect([ring, torn].map((button) => button!.getAttribute("aria-pressed"))).toEqual(["true", "false"]);
});

test("what comes late is not shown for another cell; after a failure it is tried anew", async () => {
  const late: ((value: Awaited<ReturnType<Ask>>) => void)[] = [];
  const open = vi
    .fn<() => Promise<Ask>>()
    .mockRejectedValueOnce(new Error("No connection."))
    .mockResolvedValue(() => new Promise((resolve) => late.push(resolve)));
  const root = judge({samples, source, open, addressOf});
  const [ring, torn] = [...root.querySelectorAll("button")];
  ring!.click();
  await vi.waitFor(() => expect(root.textContent).toContain("No answer: No connection. Press the cell again."));
  ring!.click();
  torn!.click();
  await vi.waitFor(() => expect(late).toHaveLength(2));
  late[1]!(answer("of the second"));
  late[0]!(answer("of the first"));
  await vi.waitFor(() => expect(root.textContent).toContain("of the second"));
  expect(root.textContent).not.toContain("of the first");
});
