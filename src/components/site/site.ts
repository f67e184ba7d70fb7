import {startMenu} from "./menu.js";
import {startOffline} from "./offline.js";

// What every page runs, whatever it shows; src/build/ puts in the elements that it works with.
if (document.title.startsWith("Page not found")) {
  void import("./addresses.js").then(({goToCanonical}) => goToCanonical(location));
}
// Definitions are read by few, and few pages fail: what is for them is fetched after the page.
if (document.querySelector("main dfn")) void import("../ui/glossary.js").then(({defineTerms}) => defineTerms());
const main = document.querySelector("main");
if (main) void import("./unloaded.js").then(({tellUnloaded}) => tellUnloaded(main));
startMenu();
startOffline(window);
