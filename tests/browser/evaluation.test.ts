import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import path from "node:path";
import {group} from "d3";
import {csvParseRows} from "d3-dsv";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {
  classificationReport,
  confusionMatrix,
  discordantPairs,
  formatClassificationReport,
  mcnemar,
  scoreIndex,
  sumMatrices
} from "../../src/components/metrics/index.js";
import type {ConfusionMatrix} from "../../src/components/metrics/index.js";
import {formatCount, formatFigure, formatPercent} from "../../src/components/ui/format.js";
import {readEvaluation} from "../../src/data/loaders/evaluation.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {modelDirectory} from "../../src/data/loaders/read.js";
import {readReport} from "../../src/data/loaders/report.js";
import {overhang} from "./accessibility.js";
import {addressOf, openSite, scriptBytes, settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";

const manifest = readManifest();
const {score, label, cell, folds, fold: foldOf, patients, patient: patientOf} = readPredictions(manifest);
const index = scoreIndex(Float64Array.from(score), Uint8Array.from(label));
const report = readReport(folds);
const {models} = readEvaluation(manifest);
const slow = {timeout: 30_000};

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

async function open(query = ""): Promise<Visit> {
  const visit = await site.open(`/pages/evaluation${query}`);
  await settle(visit.page);
  return visit;
}

const counts = ({page}: Pick<Visit, "page">) =>
  page
    .locator("figure", {hasText: "Positive class: parasitized."})
    .locator("tbody td")
    .allTextContents()
    .then((texts) => texts.map(Number));

const inOrder = ({truePositives, falseNegatives, falsePositives, trueNegatives}: ConfusionMatrix) => [
  ...[truePositives, falseNegatives, falsePositives, trueNegatives]
];
const expected = (threshold: number) => inOrder(confusionMatrix(index, threshold));

/** The matrix of one fold at the threshold that its own validation patients chose. */
const ofFold = ({fold, threshold}: {fold: number; threshold: number}) => {
  const rows = [...score.keys()].filter((row) => foldOf[row] === fold);
  const scores = Float64Array.from(rows, (row) => score[row]!);
  const labels = Uint8Array.from(rows, (row) => label[row]!);
  return confusionMatrix(scoreIndex(scores, labels), threshold);
};
const chosen = inOrder(sumMatrices(report.points.map(ofFold)));

/** A drop-down of the page by the first word of its label. */
const chooser = (page: Page, name: string) =>
  page.locator("label", {hasText: new RegExp(`^${name}`)}).locator("select");

async function drag(page: Page, threshold: number): Promise<void> {
  await page.getByLabel("Threshold", {exact: false}).first().fill(String(threshold));
}

/** Shows a page from its top to its end, so that what is drawn when it comes near is drawn. */
const scrollThrough = (page: Page) =>
  page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight / 2) {
      scrollTo(0, top);
      await new Promise((go) => setTimeout(go, 50));
    }
  });

/** The rows of the CSV that a button saves. */
async function savedRows(page: Page, name: string): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name}).click()]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n");
  return lines.slice(1).map((line) => line.split(","));
}

/** The files that the gallery shows, from the CSV that it saves. */
const shownFiles = async (page: Page) =>
  (await savedRows(page, "Save CSV of these cells")).map(([file]) => file!).sort();

test("the matrix and the report follow the threshold", async () => {
  const visit = await open();
  for (const threshold of [0.1, 0.5, 0.9]) {
    await drag(visit.page, threshold);
    await expect.poll(() => counts(visit), slow).toEqual(expected(threshold));
    // What lies in a part that is not shown follows when the browser is idle.
    const report = formatClassificationReport(classificationReport(confusionMatrix(index, threshold)), {digits: 3});
    await expect.poll(() => visit.page.getByTestId("classification-report").textContent(), slow).toBe(report);
  }
  await visit.close();
});

test("untouched, the page states the report's own figures", async () => {
  const visit = await open();
  await expect.poll(() => counts(visit), slow).toEqual(chosen);
  const {original} = report.pooled ?? report.figures[0]!;
  const headline = await visit.page.locator(".figures").first().textContent();
  for (const [name, format] of [
    ...(["accuracy", "sensitivity", "specificity"] as const).map((key) => [key, formatPercent] as const),
    ["rocArea", (value: number) => formatFigure(value, 4)] as const
  ]) {
    const {estimate, low, high} = original[name]!;
    expect(headline).toContain(format(estimate));
    expect(headline).toContain(`(${format(low)} to ${format(high)})`);
  }
  await visit.close();
});

test.runIf(folds.length > 1)("each fold has its own view", async () => {
  const visit = await open();
  for (const [i, fold] of folds.entries()) {
    await chooser(visit.page, "Fold").selectOption(String(fold));
    await expect.poll(() => counts(visit), slow).toEqual(inOrder(ofFold(report.points[i]!)));
  }
  await visit.close();
});

test("a click on a field of the matrix shows exactly its cells, and the address brings them back", async () => {
  const threshold = 0.4;
  const visit = await open(`?threshold=${threshold}`);
  const {page} = visit;
  // A figure is drawn when it comes near.
  await page.locator("figure", {hasText: "Positive class: parasitized."}).scrollIntoViewIfNeeded();
  await page.locator("[data-kind=false-positives]").first().click();
  const files = cell
    .filter((_, i) => label[i] === 0 && score[i]! >= threshold)
    .map((place) => manifest[place]!.file)
    .sort();
  const found = page.getByTestId("found");
  expect(await found.textContent()).toContain(`${formatCount(files.length)} of ${formatCount(cell.length)} cells`);
  expect(await shownFiles(page)).toEqual(files);
  const {search} = await addressOf(page);
  expect(search).toBe(`?threshold=${threshold}&kind=false-positives`);
  await page.reload();
  await settle(page);
  await expect.poll(() => counts(visit), slow).toEqual(expected(threshold));
  expect(await shownFiles(page)).toEqual(files);
  await page.goBack();
  await expect.poll(() => page.getByRole("complementary", {name: "Cells"}).count(), slow).toBe(0);
  await visit.close();
});

/** What of the page asks for cells: where it is, and which cells it stands for, by their row among the scores. */
const thresholdOf = new Map(report.points.map(({fold, threshold}) => [fold, threshold]));
const isMissed = (row: number) => label[row] === 1 && score[row]! < thresholdOf.get(foldOf[row]!)!;
const isAlarm = (row: number) => label[row] === 0 && score[row]! >= thresholdOf.get(foldOf[row]!)!;
const isWrong = (row: number) => isMissed(row) || isAlarm(row);
const isDisputed = (row: number) => manifest[cell[row]!]!.disputed;
const ofPatient = (name: string) => (row: number) => patients[patientOf[row]!] === name;
const temperatureOf = new Map(report.points.map(({fold, temperature}) => [fold, temperature]));
const calibratedOf = (row: number) =>
  1 / (1 + ((1 - score[row]!) / score[row]!) ** (1 / temperatureOf.get(foldOf[row]!)!));
const abstains = (row: number) => {
  const [low, high] = report.points.find(({fold}) => fold === foldOf[row])!.abstain;
  return score[row]! >= low && score[row]! <= high;
};

/** The patient without malaria who has most false alarms. */
const alarmed = (() => {
  const healthy = patients.filter((_, patient) => !label.some((one, row) => one === 1 && patientOf[row] === patient));
  const alarms = (name: string) => [...cell.keys()].filter((row) => ofPatient(name)(row) && isAlarm(row)).length;
  return healthy.map((name) => ({name, alarms: alarms(name)})).sort((a, b) => b.alarms - a.alarms)[0]!.name;
})();

const items: [name: string, tab: string, selector: string, holds: (row: number) => boolean][] = [
  ["a field of the matrix", "summary", "svg [data-kind=false-negatives]", isMissed],
  [
    "a bar of the histogram",
    "summary",
    "svg [data-bin='20'][data-label=parasitized]",
    (row) => label[row] === 1 && Math.floor((Math.log(score[row]! / (1 - score[row]!)) + 6) * 2) === 20
  ],
  [
    "a finding",
    "summary",
    "[data-testid=findings] [data-kind=wrong][data-disputed=yes]",
    (row) => isWrong(row) && isDisputed(row)
  ],
  [
    "a dot of a patient",
    "patients",
    "svg .patients [data-patient=C116]",
    (row) => ofPatient("C116")(row) && (isWrong(row) || abstains(row))
  ],
  [
    "a name of the ranking",
    "patients",
    ".ranking [data-patient=C182]",
    (row) => ofPatient("C182")(row) && (isWrong(row) || abstains(row))
  ],
  [
    "a bar of a patient without malaria",
    "patients",
    `svg [data-patient=${alarmed}][data-kind=false-positives]`,
    (row) => ofPatient(alarmed)(row) && isAlarm(row)
  ],
  [
    "a dot of a fold",
    "patients",
    "svg [data-part='fold: 4'][data-kind=wrong]",
    (row) => foldOf[row] === 4 && isWrong(row)
  ],
  [
    "a dot of a subgroup",
    "patients",
    "svg [data-part='microscope: Motic'][data-kind=false-negatives]",
    (row) => manifest[cell[row]!]!.photograph.includes("Motic") && isMissed(row)
  ],
  [
    "a dot of the reliability diagram",
    "threshold",
    "svg [data-part='after temperature: 7']",
    (row) => calibratedOf(row) > 7 / 15 && calibratedOf(row) <= 8 / 15
  ],
  [
    "a count of the errors",
    "errors",
    ".errors [data-kind=false-positives][data-disputed=no]",
    (row) => isAlarm(row) && !isDisputed(row)
  ]
];

const tabs = [...group(items, ([, tab]) => tab)];
test.each(tabs)(
  "what is clicked in %s opens the drawer in the window with its cells, and stays marked",
  async (...item) => {
    const [tab, parts] = item;
    const visit = await open(`?tab=${tab}`);
    const {page} = visit;
    const drawer = page.getByRole("complementary", {name: "Cells"});
    for (const [name, , selector, holds] of parts) {
      const click = (of: string): boolean => {
        const part = document.querySelector(of);
        part?.scrollIntoView({block: "center"});
        part?.dispatchEvent(new MouseEvent("click", {bubbles: true}));
        return part !== null;
      };
      await expect.poll(() => page.evaluate(click, selector), slow).toBe(true);
      await drawer.waitFor(slow);
      const {width, height} = page.viewportSize()!;
      const box = (await drawer.boundingBox())!;
      expect(box.x + box.width, name).toBeLessThanOrEqual(width);
      expect(box.y + box.height, name).toBeLessThanOrEqual(height);
      expect(Math.min(box.x, box.y), name).toBeGreaterThanOrEqual(0);
      const rows = [...cell.keys()].filter(holds);
      expect(rows.length, name).toBeGreaterThan(0);
      expect(await page.getByTestId("found").textContent(), name).toContain(`${formatCount(rows.length)} of`);
      expect(await shownFiles(page), name).toEqual(rows.map((row) => manifest[cell[row]!]!.file).sort());
      expect(await page.locator(selector).first().getAttribute("class"), name).toContain("chosen");
      await drawer.getByRole("button", {name: "Close the cells"}).click();
      await expect.poll(() => drawer.count(), slow).toBe(0);
    }
    await visit.close();
  }
);

test("in the drawer the arrow keys go from cell to cell, the most wrong first, and Escape closes it", async () => {
  const visit = await open("?fold=0");
  const {page} = visit;
  const field = page.locator("svg [data-kind=false-negatives]").first();
  await field.scrollIntoViewIfNeeded();
  await field.click();
  const wrong = [...cell.keys()]
    .filter((row) => foldOf[row] === 0 && isMissed(row))
    .sort((a, b) => score[a]! - score[b]!);
  const detail = page.getByTestId("cell-detail");
  const opened = () => detail.getAttribute("data-cell");
  await page.keyboard.press("Enter");
  await expect.poll(opened, slow).toBe(String(cell[wrong[0]!]));
  await detail.locator("h3").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(opened, slow).toBe(String(cell[wrong[1]!]));
  await page.keyboard.press("ArrowLeft");
  await expect.poll(opened, slow).toBe(String(cell[wrong[0]!]));
  await detail.getByRole("button", {name: "Close"}).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("complementary", {name: "Cells"}).count(), slow).toBe(0);
  expect((await addressOf(page)).search).toBe("?fold=0");
  await visit.close();
});

test("a CSV of cells holds both networks' scores and thresholds, both readers' labels and the hashes", async () => {
  const visit = await open("?kind=false-positives&disputed=yes");
  const {page} = visit;
  const button = page.getByRole("button", {name: "Save CSV of these cells"});
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(download.suggestedFilename()).toMatch(
    /^evaluation-false-positives.*-label-disputed-resnet34-all-folds-original.csv$/
  );
  const [first, ...rows] = csvParseRows(readFileSync(await download.path(), "utf8"));
  const columns = ["file", "patient", "fold", "label", "second reading"];
  const student = readPredictions(manifest, path.join(path.dirname(modelDirectory), "student"));
  const hash = (name: string) =>
    createHash("sha256")
      .update(readFileSync(path.join(path.dirname(modelDirectory), name, "metadata.json")))
      .digest("hex");
  expect(first!.slice(0, columns.length).join()).toBe(`\ufeff${columns.join()}`);
  const of = (row: string[], column: string) => row[first!.indexOf(column)];
  for (const row of rows) {
    const place = manifest.findIndex(({file}) => file === row[0]);
    expect([of(row, "label"), of(row, "second reading")]).toEqual(["uninfected", "parasitized"]);
    expect(Number(of(row, "resnet34: score"))).toBe(score[cell.indexOf(place)]);
    expect(Number(of(row, "resnet34: threshold"))).toBe(thresholdOf.get(Number(of(row, "fold"))));
    expect(Number(of(row, "student: score"))).toBe(student.score[student.cell.indexOf(place)]);
    expect(of(row, "resnet34: sha256 of metadata.json")).toBe(hash("resnet34"));
    expect(of(row, "student: sha256 of metadata.json")).toBe(hash("student"));
  }
  expect(rows).toHaveLength([...cell.keys()].filter((row) => isAlarm(row) && isDisputed(row)).length);
  await visit.close();
});

test("the findings are those of the report", async () => {
  const visit = await open();
  const texts = await visit.page.getByTestId("findings").locator("li").allTextContents();
  expect(texts).toHaveLength(5);
  const plain = texts.map((text) => text.replace(/\u00a0/g, " "));
  const whole = JSON.parse(readFileSync(path.join(modelDirectory, "report.json"), "utf8")) as {
    pooled: Record<"original" | "undisputed", {matrix: ConfusionMatrix}>;
  };
  const [all, rest] = [whole.pooled.original.matrix, whole.pooled.undisputed.matrix];
  const [missed, alarms] = [all.falseNegatives, all.falsePositives];
  const [missedDisputed, alarmsDisputed] = [missed - rest.falseNegatives, alarms - rest.falsePositives];
  expect(plain[0]).toContain(`${missedDisputed + alarmsDisputed} of ${missed + alarms}`);
  expect(plain[0]).toContain(`${missedDisputed} of ${missed} misses and ${alarmsDisputed} of ${alarms} false alarms`);
  const own = [...cell.keys()].filter((row) => ofPatient("C116")(row) && isMissed(row));
  expect(plain[1]).toContain("Patient C116 alone");
  expect(plain[1]).toContain(`${own.length} of ${missed} missed parasites`);
  expect(plain[1]).toContain(`${own.filter(isDisputed).length} of them on disputed labels`);
  const accuracies = report.figures.map(({original}) => original.accuracy!);
  const widths = accuracies.map(({low, high}) => high - low);
  const widest = widths.indexOf(Math.max(...widths));
  expect(plain[2]).toContain(`Fold ${folds[widest]} has the widest interval`);
  expect(plain[2]).toContain(formatPercent(accuracies[widest]!.low).replace("\u00a0", " "));
  expect(foldOf[own[0]!] === folds[widest]).toBe(plain[2]!.includes("Patient C116 is one of them"));
  const random = models.find(({protocol}) => protocol === "random")!;
  const [apart, drawn] = [models[0]!, random].map(({groups}) =>
    groups[0]!.figures.original.accuracy!.estimate.toFixed(3)
  );
  expect(plain[3]).toContain(`Accuracy ${apart} with patients apart, ${drawn} on a random split`);
  const most = models[0]!.robustness.find(({change, level}) => change === "noise" && level === 0.1)!;
  expect(plain[4]).toContain(`specificity falls from`);
  expect(plain[4]).toContain(`to ${Math.round(100 * most.specificity)} %`);
  await visit.close();
});

/** What is opened anew at its first width and then made wider. */
const widths = [[360], [900, 1280, 1440, 1920]];
test.each(widths)("at %i pixels and wider nothing stands out of the window, in any part", async (...own) => {
  const visit = await site.open("/pages/evaluation", {viewport: {width: own[0]!, height: 900}});
  const {page} = visit;
  const drawer = page.getByRole("complementary", {name: "Cells"});
  await settle(page);
  for (const width of own) {
    await page.setViewportSize({width, height: 900});
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await settle(page);
      expect(await overhang(page), `${await tab.textContent()} at ${width}`).toBe(0);
    }
    await page.getByRole("tab", {name: "Summary"}).click();
    await page.getByTestId("findings").locator("[data-kind=wrong]").first().click();
    await drawer.waitFor(slow);
    expect(await overhang(page), `with the drawer at ${width}`).toBe(0);
    await drawer.getByRole("button", {name: "Close the cells"}).click();
    await expect.poll(() => drawer.count(), slow).toBe(0);
  }
  await visit.close();
});

test("no part is higher than three windows of 1440 × 900", async () => {
  const visit = await site.open("/pages/evaluation", {viewport: {width: 1440, height: 900}});
  const {page} = visit;
  await settle(page);
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await scrollThrough(page);
    const height = await page.locator(".panel:not([hidden])").evaluate((panel) => panel.getBoundingClientRect().height);
    expect(height, (await tab.textContent())!).toBeLessThanOrEqual(3 * 900);
  }
  await visit.close();
});

test("a cell opens with its score, both opinions and a link to the dataset page at that cell", async () => {
  const place = cell[0]!;
  const visit = await open(`?cell=${place}`);
  const detail = visit.page.getByTestId("cell-detail");
  const text = await detail.textContent();
  expect(text).toContain(manifest[place]!.file);
  expect(text).toContain(`Score P(parasitized) ${score[0]!.toFixed(4)}`);
  expect(text).toContain("Second opinion");
  await detail.getByRole("link", {name: "dataset page"}).click();
  await visit.page.waitForURL(/dataset/);
  await settle(visit.page);
  expect(await visit.page.getByTestId("cell-detail").getAttribute("data-cell")).toBe(String(place));
  await visit.close();
});

test("presets set the threshold, and the chosen one leaves the address", async () => {
  const visit = await open("?tab=threshold&threshold=0.9");
  const {page} = visit;
  const presets = page.getByRole("group", {name: "Thresholds worth having"});
  await expect.poll(() => counts(visit), slow).toEqual(expected(0.9));
  await presets.getByRole("button", {name: /^specificity 0.99/}).click();
  await expect.poll(() => counts(visit), slow).not.toEqual(expected(0.9));
  const [, , alarms, cleared] = (await counts(visit)) as [number, number, number, number];
  expect(cleared / (alarms + cleared)).toBeGreaterThanOrEqual(0.99);
  await presets.getByRole("button", {name: /^chosen/}).click();
  await expect.poll(() => counts(visit), slow).toEqual(chosen);
  expect((await addressOf(page)).search).toBe("?tab=threshold");
  await visit.close();
});

test.runIf(models.length > 1)("another model is fetched when it is chosen; if it fails, the page says so", async () => {
  const visit = await open("?threshold=0.5");
  const {page, requests} = visit;
  const {name} = models[1]!;
  const fetched = () => requests.filter((url) => url.includes(`/data/scores/${name}.`)).length;
  expect(fetched()).toBe(0);
  const before = await counts(visit);
  await page.route("**/data/scores/**", (route) => route.abort("blockedbyclient"), {times: 1});
  await chooser(page, "Model").selectOption(name);
  const notice = page.locator("main .notice").first();
  await expect.poll(() => notice.textContent(), slow).toContain("did not load");
  expect(await chooser(page, "Model").inputValue()).toBe(models[0]!.name);
  await expect.poll(() => counts(visit), slow).toEqual(before);
  await chooser(page, "Model").selectOption(name);
  const other = readPredictions(manifest, path.join(path.dirname(modelDirectory), name));
  const matrix = confusionMatrix(scoreIndex(Float64Array.from(other.score), Uint8Array.from(other.label)), 0.5);
  await expect.poll(() => counts(visit), slow).toEqual(inOrder(matrix));
  expect((await addressOf(page)).searchParams.get("model")).toBe(name);
  // The refused request is what this test is about.
  visit.faults.splice(0);
  await visit.close();
});

const beside = models.find(({name, protocol}) => name === "small-cnn" && protocol === "patient");

test.runIf(beside)(
  "two models' errors stand side by side, as McNemar's test counts them, and the address keeps it",
  async () => {
    const {name, title, folds: tested} = beside!;
    const directory = path.join(path.dirname(modelDirectory), name);
    const other = readPredictions(manifest, directory);
    const {points} = readReport(tested, directory);
    const fold = folds[1]!;
    const right = ({score, cell, fold}: typeof other, {threshold}: {threshold: number}, inFold: number) =>
      new Map(
        cell.flatMap((place, i) =>
          fold[i] === inFold && !manifest[place]!.disputed
            ? [[place, Number(score[i]! >= threshold === (manifest[place]!.label === "parasitized"))] as const]
            : []
        )
      );
    const pointOf = (list: typeof points) => list.find((point) => point.fold === fold)!;
    const own = right(readPredictions(manifest), pointOf(report.points), fold);
    const theirs = right(other, pointOf(points), fold);
    const flags = (answers: Map<number, number>) => Uint8Array.from(own.keys(), (place) => answers.get(place)!);
    const pairs = discordantPairs(flags(own), flags(theirs));
    expect(pairs.onlyFirst).toBeGreaterThan(0);

    const visit = await open(`?tab=errors&fold=${fold}&labels=undisputed`);
    const {page, requests} = visit;
    const fetched = () => requests.filter((url) => url.includes(`/data/scores/${name}.`)).length;
    const part = (kind: string) => page.locator(`[data-pair=${kind}]`);
    const words = page.getByTestId("pair-words");
    const check = async () => {
      await page.locator(".pair-gallery").scrollIntoViewIfNeeded();
      const test = `χ² ${formatFigure(mcnemar(pairs).chiSquare, 2)}`;
      await expect
        .poll(() => words.textContent(), slow)
        .toContain(pairs.onlyFirst + pairs.onlySecond < 25 ? "exact" : test);
      const heads = await page.locator("[data-pair] h4").allTextContents();
      expect(heads).toEqual([
        `Only ${models[0]!.title} is wrong: ${formatCount(pairs.onlySecond)}`,
        `Only ${title} is wrong: ${formatCount(pairs.onlyFirst)}`,
        `Both are wrong: ${formatCount(pairs.neither)}`
      ]);
    };
    expect(fetched()).toBe(0);
    await chooser(page, "Beside").selectOption(name);
    await check();
    expect(fetched()).toBe(1);
    expect((await addressOf(page)).search).toBe(`?tab=errors&fold=${fold}&labels=undisputed&other=${name}`);
    const saved = await savedRows(page, "Save CSV of these three");
    const wrongBy = (who: string) => saved.filter((row) => row[4] === who).map(([file]) => file!);
    const missed = [...own.keys()].filter((place) => own.get(place) === 1 && theirs.get(place) === 0);
    expect(wrongBy(name).sort()).toEqual(missed.map((place) => manifest[place]!.file).sort());

    await part("second").getByRole("listbox").focus();
    await page.keyboard.press("Enter");
    const detail = page.getByTestId("cell-detail");
    await expect.poll(() => detail.textContent(), slow).toContain(wrongBy(name)[0]!);
    const place = manifest.findIndex(({file}) => file === wrongBy(name)[0]);
    const judged = async () => {
      const text = await detail.textContent();
      for (const [scores, who] of [
        [{score, cell}, models[0]!.title],
        [other, title]
      ] as const) {
        const value = formatFigure(scores.score[scores.cell.indexOf(place)]!, 4);
        expect(text).toContain(`${who}: score P(parasitized) ${value}`);
      }
    };
    await judged();
    expect(await part("second").locator("[aria-selected=true]").count()).toBe(1);
    expect((await addressOf(page)).searchParams.get("compared")).toBe(String(place));

    await page.reload();
    await settle(page);
    await check();
    await judged();
    await drag(page, 0.9);
    expect(await words.textContent()).toContain(`${title} alone on ${formatCount(pairs.onlyFirst)}`);
    await detail.getByRole("button", {name: "Close"}).click();
    expect((await addressOf(page)).searchParams.get("compared")).toBeNull();
    expect(
      await part("second")
        .getByRole("listbox")
        .evaluate((node) => node === document.activeElement)
    ).toBe(true);
    await visit.close();
  }
);

test.each(["/pages/training", "/pages/evaluation"])("%s: at most 200 kB of JavaScript, gzipped", async (address) => {
  const visit = await site.open(address);
  await settle(visit.page, {quiet: 500});
  const bytes = await scriptBytes(visit.requests);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThanOrEqual(200_000);
  await visit.close();
});

test("nonsense in the address is named, and the chosen threshold is used", async () => {
  const visit = await open("?threshold=7&labels=best");
  const notice = visit.page.locator("main .notice").first();
  expect(await notice.textContent()).toContain("threshold=7");
  expect(await notice.textContent()).toContain("labels=best");
  await expect.poll(() => counts(visit), slow).toEqual(chosen);
  await visit.close();
});

test("scores of a compared model that do not come are asked for again, and the rest of the page goes on", async () => {
  const visit = await open();
  const {page, faults} = visit;
  let broken = true;
  await page.route(/\/scores\/student\.\w+\.json$/, (route) => (broken ? route.abort() : route.continue()));
  const words = page.getByTestId("pair-words");
  await page.getByRole("tab", {name: "Errors"}).click();
  await page.locator(".pair-gallery").scrollIntoViewIfNeeded();
  const retry = words.getByRole("button", {name: "Try again"});
  await retry.waitFor(slow);
  expect(await words.textContent()).toContain("did not load. Check the connection.");
  await drag(page, 0.5);
  await expect.poll(() => counts(visit), slow).toEqual(expected(0.5));
  broken = false;
  await retry.press("Enter");
  await expect.poll(() => words.textContent(), slow).toContain("alone on");
  expect(faults.splice(0).every((fault) => /scores\/student|Failed to load|ERR_FAILED/.test(fault))).toBe(true);
  await visit.close();
});
