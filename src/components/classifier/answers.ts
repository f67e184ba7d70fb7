// What shows answers: fetched behind the page's start, or with the first file.
export {createEntry, dropPixels, hasPixels, repeatsOf} from "./entries.js";
export {resultCard} from "./result-card.js";
export {resultsTable} from "./results-table.js";
