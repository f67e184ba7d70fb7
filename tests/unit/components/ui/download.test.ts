import {expect, test, vi} from "vitest";
import {downloadButton} from "../../../../src/components/ui/download.js";
import {watchSaves} from "../../saved-files.js";

test("the text is made only when the button is pressed, and its address is freed", async () => {
  const {files, freed} = watchSaves();
  const text = vi.fn(() => "content");
  const button = downloadButton("Save", {name: "a.txt", type: "text/plain", text});
  expect(text).not.toHaveBeenCalled();
  button.click();
  expect(files).toEqual([{name: "a.txt", text: "content"}]);
  await vi.waitFor(() => expect(freed()).toBe(1));
});

test("a table begins with the byte order mark by which spreadsheets know UTF-8", async () => {
  const {files, freed} = watchSaves();
  downloadButton("Save", {name: "a.csv", type: "text/csv", text: () => "é"}).click();
  expect(files).toEqual([{name: "a.csv", text: "\ufeffé"}]);
  await vi.waitFor(() => expect(freed()).toBe(1));
});
