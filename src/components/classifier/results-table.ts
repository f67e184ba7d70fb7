import {calibrate, verdict} from "../engine/verdict.js";
import {downloadButton} from "../ui/download.js";
import {element} from "../ui/element.js";
import {formatCount, formatPercent, formatProbability} from "../ui/format.js";
import {select} from "../ui/inputs.js";
import {scrollTable} from "../ui/table.js";
import {tooltip} from "../ui/tooltip.js";
import {
  exportJson,
  exportRows,
  firstSentence,
  orderEntries,
  outcomeOf,
  repeatsOf,
  summarisePatients,
  summariseRefusals
} from "./entries.js";
import type {Entry, Network, Order, Outcome} from "./entries.js";
import {createPace} from "./pace.js";

/** Options of {@link resultsTable}. */
export interface ResultsTableOptions {
  /** All chosen files; read anew at each update. */
  entries: () => readonly Entry[];
  /** How many files were left out, which lie beside pictures. */
  skipped: () => number;
  /** The network whose answers stand, once it is loaded. */
  network: () => Network | undefined;
  /** Shows the card of a file. */
  onShow: (entry: Entry) => void;
  /** Has a file answered that was refused as outside what was tested. */
  onAnyway: (entry: Entry) => void;
  /** Takes the files that wait out of the queue. */
  onCancel: () => void;
  /** Leaves the files that wait where they are, or goes on with them. */
  onPause: (isPaused: boolean) => void;
}

/** All results in one list: progress, order, filter, patients, and the files to save. */
export interface ResultsTable {
  element: HTMLElement;
  /** Draws what has changed, at once. */
  update(): void;
  /** Unfolds or folds it. */
  open(isOpen: boolean): void;
}

/** What the list can be narrowed to. */
type Shown = Outcome | "all" | "repeated";

/** Rows that are shown at a time: as many as the page stays quick with. */
const PAGE = 50;
/** Largest file, in bytes, whose picture a row shows: the browser reads it whole for it. */
const THUMBNAIL = 2_000_000;
/** Milliseconds between two tables of patients while files are still being answered. */
const PATIENTS = 2000;

// Fetched along with the table, so that saving asks for nothing.
import("../ui/csv.js").catch(() => {});

/** Builds the list of all results. It is hidden as long as there is no file. */
export function resultsTable({
  entries,
  skipped,
  network,
  onShow,
  onAnyway,
  onCancel,
  onPause
}: ResultsTableOptions): ResultsTable {
  let first = 0;
  let patientsAt = -Infinity;
  let isPaused = false;
  const pace = createPace();
  let rows = new Map<Entry, {state: string; element: HTMLElement}>();
  const progress = element("progress", {"aria-label": "Files done"});
  const count = element("p", {"data-testid": "batch-status"});
  const left = element("p", {class: "muted", "data-testid": "batch-left"});
  const pause = element("button", {type: "button"}, "Pause");
  const cancel = element("button", {type: "button"}, "Cancel the rest");
  const order = select<Order>(
    "Order",
    new Map([
      ["chosen", "as chosen"],
      ["falling", "most probable first"],
      ["rising", "least probable first"],
      ["name", "by name"]
    ])
  );
  const filter = select<Shown>("Show", new Map([["all", "all"]]));
  const body = element("tbody");
  const range = element("p");
  const back = element("button", {type: "button"}, `Previous ${PAGE}`);
  const on = element("button", {type: "button"}, `Next ${PAGE}`);
  const pager = element("div", {class: "controls"}, range, back, on);
  const reasons = element("ul", {class: "reasons", "aria-label": "Why files have no answer", hidden: true});
  const patients = element("div", {"data-testid": "patients"});
  const downloads = element(
    "div",
    {class: "controls"},
    downloadButton("Save as CSV", {
      name: "malaria-cells.csv",
      type: "text/csv",
      text: async () => (await import("../ui/csv.js")).toCsv(exportRows(entries(), new Date(), network()))
    }),
    downloadButton("Save as JSON", {
      name: "malaria-cells.json",
      type: "application/json",
      text: () => exportJson(entries(), new Date(), network())
    })
  );
  const head = ["Picture", "File", "Called", "P", "Calibrated", "Card"].map((name) =>
    element("th", {scope: "col"}, name)
  );
  const region = element(
    "div",
    {class: "scroll", role: "region", tabindex: 0, "aria-label": "Table of results"},
    element("table", element("thead", element("tr", ...head)), body)
  );
  const root = element(
    "details",
    {class: "card all-results", hidden: true},
    element("summary", "All results in a table, to order, filter and save"),
    element("div", {class: "model-status"}, count, left, progress, pause, cancel),
    reasons,
    element("div", {class: "controls"}, order, filter),
    region,
    pager,
    patients,
    downloads
  );
  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? "Go on" : "Pause";
    pace.forget();
    onPause(isPaused);
    update();
  });
  cancel.addEventListener("click", onCancel);
  for (const control of [order, filter]) {
    control.addEventListener("input", () => {
      first = 0;
      update();
    });
  }
  for (const [button, step] of [
    [back, -PAGE],
    [on, PAGE]
  ] as const) {
    button.addEventListener("click", () => {
      first += step;
      update();
      region.scrollTop = 0;
    });
  }

  function row(entry: Entry, same: Entry | undefined): HTMLElement {
    const {path, early, answer, refusal} = entry;
    const cell = (content: string, attributes = {}) => element("td", attributes, content);
    const name = element(
      "th",
      {scope: "row"},
      element("bdi", path),
      ...(same ? [element("br"), element("small", "the same file as ", element("bdi", same.path))] : [])
    );
    const said = answer ?? (refusal ? undefined : early);
    if (!said && !refusal) return element("tr", element("td"), name, cell("waits", {colspan: 4}));
    const act = (label: string, title: string, onAct: () => void) => {
      const button = element("button", {type: "button", "aria-label": `${title} ${path}`}, label);
      button.addEventListener("click", onAct);
      return button;
    };
    const show = act("Show", "Show the card of", () => onShow(entry));
    if (!said) {
      const anyway = refusal!.code === "outside" && act("Answer anyway", "Answer anyway:", () => onAnyway(entry));
      const reason = cell(firstSentence(refusal!.message), {colspan: 3});
      return element("tr", element("td", thumbnail(entry)), name, reason, element("td", show, anyway));
    }
    const {probability} = said.prediction;
    const {metadata: model} = said.network;
    const {label, uncertain} = verdict(probability, model);
    const called = `${uncertain ? "too close, rather " : ""}${label}${answer ? "" : `, says the ${model.name} so far`}`;
    const {outside, cautions} = said.prediction;
    const word = outside !== null ? "▲ outside" : cautions.length > 0 && "▲ take care";
    const mark = word && element("small", {class: "mark"}, " ", tooltip(word, outside ?? cautions.join(" ")));
    return element(
      "tr",
      {"data-p": probability.toFixed(6)},
      element("td", thumbnail(entry)),
      name,
      element("td", {class: label}, called, mark),
      cell(formatProbability(probability), {class: "number"}),
      cell(formatProbability(calibrate(probability, model)), {class: "number"}),
      element("td", show)
    );
  }

  function update(): void {
    const [all, model] = [entries(), network()?.metadata];
    const repeats = repeatsOf(all);
    const placeOf = (entry: Entry) => (repeats.has(entry) ? "repeated" : outcomeOf(entry));
    const tally = new Map<string, number>();
    let [waiting, refused] = [0, 0];
    for (const entry of all) {
      const place = placeOf(entry);
      tally.set(place, (tally.get(place) ?? 0) + 1);
      if (entry.refusal) refused += 1;
      else if (!entry.answer) waiting += 1;
    }
    const done = all.length - waiting;
    root.hidden = all.length === 0;
    progress.max = Math.max(1, all.length);
    progress.value = done;
    progress.hidden = left.hidden = cancel.hidden = waiting === 0;
    pause.hidden = waiting === 0 && !isPaused;
    left.textContent = isPaused ? "Paused." : pace.tell(done, waiting);
    count.textContent = [
      `${formatCount(done - refused)} of ${formatCount(all.length)} files answered, ${formatCount(refused)} not.`,
      ...(skipped() ? [`${formatCount(skipped())} skipped.`] : []),
      ...(repeats.size
        ? [
            `${formatCount(repeats.size)} ${repeats.size === 1 ? "is" : "are"} byte for byte the same as another: ${formatCount(all.length - repeats.size)} cells.`
          ]
        : [])
    ].join(" ");
    downloads.hidden = done === 0;
    showReasons(all);
    const outcomes: [Shown, string][] = [
      ["all", "all"],
      ["positive", model?.positive ?? "positive"],
      ["negative", model?.labels.find((label) => label !== model.positive) ?? "negative"],
      ["uncertain", "too close to call"],
      ["refused", "without answer"],
      ["waiting", "waiting"],
      ["repeated", "the same file as another"]
    ];
    const menu = filter.querySelector("select")!;
    outcomes.forEach(([value, text], index) => {
      const option = menu.options[index] ?? menu.appendChild(element("option", {value}));
      option.hidden = value === "repeated" && repeats.size === 0;
      option.textContent = `${text} (${formatCount(value === "all" ? all.length - repeats.size : (tally.get(value) ?? 0))})`;
    });
    const chosen = all.filter((entry) => filter.value === "all" || placeOf(entry) === filter.value);
    first = Math.min(first, PAGE * Math.max(0, Math.ceil(chosen.length / PAGE) - 1));
    const last = Math.min(first + PAGE, chosen.length);
    showRows(orderEntries(chosen, order.value).slice(first, last), repeats);
    range.textContent = `${formatCount(first + 1)} to ${formatCount(last)} of ${formatCount(chosen.length)}`;
    pager.hidden = chosen.length <= PAGE;
    back.disabled = first === 0;
    on.disabled = last === chosen.length;
    if (waiting === 0 || performance.now() - patientsAt > PATIENTS) {
      patients.replaceChildren(...patientTable(all));
      patientsAt = performance.now();
    }
  }

  /** Each reason once, with how many files it holds of, where more than one file was refused. */
  function showReasons(all: readonly Entry[]): void {
    const summaries = summariseRefusals(all);
    const lines = summaries.map(({count: number, message}) => `${formatCount(number)} × ${message}`);
    reasons.hidden = summaries.length === 0 || (summaries.length === 1 && summaries[0]!.count === 1);
    if (lines.join() === [...reasons.children].map(({textContent}) => textContent).join()) return;
    reasons.replaceChildren(...lines.map((line) => element("li", line)));
  }

  /** Puts the rows of `listed` into the table; a row that says the same as before stays, and so does the focus in it. */
  function showRows(listed: readonly Entry[], repeats: ReadonlyMap<Entry, Entry>): void {
    const before = rows;
    rows = new Map(
      listed.map((entry) => {
        const outcome = outcomeOf(entry);
        const same = repeats.get(entry);
        const state = `${outcome === "waiting" && entry.early ? "early" : outcome} ${same?.path ?? ""}`;
        const old = before.get(entry);
        return [entry, old?.state === state ? old : {state, element: row(entry, same)}];
      })
    );
    for (const [entry, old] of before) if (rows.get(entry) !== old) old.element.remove();
    [...rows.values()].forEach((shown, index) => {
      const there = body.children[index] ?? null;
      if (there !== shown.element) body.insertBefore(shown.element, there);
    });
  }

  return {element: root, update, open: (isOpen) => void (root.open = isOpen)};
}

/** A file's own picture, small; nothing where it is too large to read for that, or the browser cannot show it. */
function thumbnail({file}: Entry): HTMLElement | null {
  if (file.size > THUMBNAIL) return null;
  const picture = element("img", {class: "thumbnail", alt: "", width: 32, height: 32, decoding: "async"});
  const url = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(url));
  picture.addEventListener("error", () => {
    URL.revokeObjectURL(url);
    picture.remove();
  });
  picture.src = url;
  return picture;
}

function patientTable(entries: readonly Entry[]): HTMLElement[] {
  const summaries = summarisePatients(entries);
  if (summaries.length === 0) return [];
  const rows = summaries.map(({patient, cells, positive, uncertain, share}) => ({
    patient,
    cells,
    "called parasitized": positive,
    "too close": uncertain,
    share: formatPercent(share.estimate),
    "95 % interval": `${formatPercent(share.low)} to ${formatPercent(share.high)}`
  }));
  const note =
    "The share of the cells chosen here that are called parasitized, with Wilson's interval as if cells were independent. It is no parasitaemia, which counts all cells of a smear, and no diagnosis.";
  return [
    scrollTable(rows, {caption: "Cells by patient, from the data set's file names"}),
    element("p", {class: "muted"}, note)
  ];
}
