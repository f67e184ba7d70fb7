/** What browsers and Framework say of a file that did not come, in Chromium's, Firefox's and Safari's words. */
const DID_NOT_COME = /to fetch|load failed|to load|imported|importing/i;

/** Says what to do where a part of the page is missing since a file did not come; other faults keep their own message. */
export function tellUnloaded(main: Element): void {
  const tell = (nodes: Iterable<Node>) => {
    for (const node of nodes) {
      if (!(node instanceof Element && node.matches(".observablehq--error"))) continue;
      if (DID_NOT_COME.test(node.textContent)) node.textContent = "Not loaded: check your connection and reload.";
    }
  };
  tell(main.querySelectorAll(".observablehq--error"));
  // A chart changes thousands of nodes: only what was put in is looked at.
  new MutationObserver((records) => records.forEach(({addedNodes}) => tell(addedNodes))).observe(main, {
    childList: true,
    subtree: true
  });
}
