import {startMenu} from "./menu.js";
import {startOffline} from "./offline.js";

// What every page runs, whatever it shows; src/build/ puts in the elements that it works with.
if (document.title.startsWith("Page not found")) {
  void import("./addresses.js").then(({goToCanonical}) => goToCanonical(location));
}
startMenu();
startOffline(window);
// What is still being decoded would be missing on paper.
window.addEventListener("beforeprint", () => {
  for (const picture of document.images) Object.assign(picture, {loading: "eager", decoding: "sync"});
});
