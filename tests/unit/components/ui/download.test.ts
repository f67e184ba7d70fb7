import {expect, test, vi} from "vitest";
import {downloadButton, fileWords} from "../../../../src/components/ui/download.js";
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

test("what could not be made is not saved; what comes later is", async () => {
  const {files} = watchSaves();
  const made = (text: string | null) =>
    downloadButton("Save", {name: "a.txt", type: "text/plain", text: () => Promise.resolve(text)}).click();
  made(null);
  made("later");
  await vi.waitFor(() => expect(files).toEqual([{name: "a.txt", text: "later"}]));
});

test("words as they may stand in a file's name", () => {
  expect(fileWords("Hue from -20, C1")).toBe("hue-from-20-c1");
  expect(fileWords(" ")).toBe("");
});
