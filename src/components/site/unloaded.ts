import {siteNotice} from "./site-notice.js";

/** What browsers and Framework say of a file that did not come, in Chromium's, Firefox's and Safari's words. */
const DID_NOT_COME =
  /failed to fetch|networkerror|load failed|unable to load file|loading dynamically imported module|importing a module script failed/i;

/**
 * Says it in words where a part of the page has no data since a file did not come: in its place, and once for all of them
 * at the window's lower edge, with a button that loads the page again.
 * @param main what is watched; parts that fail for another reason keep their own message
 */
export function tellUnloaded(main: Element, reload: () => void = () => location.reload()): void {
  const tell = (records: readonly MutationRecord[]) => {
    const failed = records
      .flatMap(({addedNodes}) => [...addedNodes])
      .filter((node): node is HTMLElement => node instanceof HTMLElement && node.matches(".observablehq--error"))
      .filter(({textContent}) => DID_NOT_COME.test(textContent));
    if (failed.length === 0) return;
    for (const node of failed) {
      node.title = node.textContent;
      node.textContent = "Not loaded";
    }
    siteNotice({
      text: "Part of this page could not be loaded. Check your connection, then load the page again.",
      action: "Load again",
      onAction: reload
    });
  };
  new MutationObserver(tell).observe(main, {childList: true, subtree: true});
}
