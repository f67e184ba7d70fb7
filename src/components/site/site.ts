import {goToCanonical} from "./addresses.js";
import {startOffline} from "./offline.js";
import {startSidebar} from "./sidebar.js";

// What every page runs, whatever it shows; src/build/ puts in the elements that it works with.
goToCanonical(location);
startSidebar();
startOffline(window);
