import {JSDOM} from "jsdom";
import {afterEach, expect, test, vi} from "vitest";
import {downloadButton} from "../../../../src/components/ui/download.js";

afterEach(() => vi.restoreAllMocks());

test("the text is made only when the button is pressed, and its address is freed", async () => {
  const {document} = new JSDOM("").window;
  vi.spyOn(document.defaultView!.HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const create = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
  const revoke = vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => {});
  const text = vi.fn(() => "content");
  const button = downloadButton("Save", {name: "a.txt", type: "text/plain", text}, document);
  expect(text).not.toHaveBeenCalled();
  button.click();
  expect(await (create.mock.calls[0]![0] as Blob).text()).toBe("content");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(revoke).toHaveBeenCalledWith("blob:x");
});
