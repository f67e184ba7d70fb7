import {readFileSync} from "node:fs";
import {faces} from "./src/build/fonts.js";
import {listModelFiles, listSheets, listThumbnails} from "./src/build/published.js";
import {siteFooter, siteHeader} from "./src/build/site-header.js";

const description =
  "Explore the 27,558 NIH malaria blood cells, see how a ResNet-34 was trained and how far it can be trusted, and classify your own cell images in the browser.";

const {repository} = JSON.parse(readFileSync("package.json", "utf8")) as {repository?: string};
const title = "Malaria Detection";
const pages = [
  {name: "Classify", path: "/pages/classify"},
  {name: "Smear", path: "/pages/smear"},
  {name: "Dataset", path: "/pages/dataset"},
  {name: "Augmentation", path: "/pages/augmentation"},
  {name: "Training", path: "/pages/training"},
  {name: "Evaluation", path: "/pages/evaluation"},
  {name: "Model card", path: "/pages/model-card"},
  {name: "Data card", path: "/pages/data-card"}
];

export default {
  root: "src",
  output: "dist",
  title,
  pages,
  sidebar: false,
  header: ({path}: {path: string}) => siteHeader({title, pages, path}),
  dynamicPaths: [
    ...listSheets().map((file) => `/data/cells/${file}`),
    ...listThumbnails().map((file) => `/data/thumbnails/${file}`),
    ...listModelFiles().map((file) => `/models/${file}`),
    ...faces.map(({file}) => `/fonts/${file}`)
  ],
  style: "style.css",
  globalStylesheets: [],
  // Framework's own "tsx" is a process that starts another.
  interpreters: {".ts": ["node", "--import", "tsx"]},
  search: false,
  base: process.env.SITE_BASE ?? "/",
  head: `<meta name="description" content="${description}">
<link rel="stylesheet" href="/fonts/faces.css">
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="alternate icon" href="/assets/favicon.png" type="image/png" sizes="64x64">
<script type="module" src="/components/site/site.js"></script>`,
  footer: siteFooter(repository)
};
