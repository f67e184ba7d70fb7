import {existsSync, readFileSync} from "node:fs";
import {hashIfThere} from "./loaders/read.js";
import {sha256} from "./pack/digest.js";

// For both networks and the finder the sha256 of metadata.json, which lists that of every other file, and the fold that both
// networks never saw.
// The page reads them from here, through a content-hashed attachment; null where the site is built without a network.
const read = (name: string) => {
  const path = `models/${name}/metadata.json`;
  if (!existsSync(path)) return null;
  const content = readFileSync(path);
  const {split} = JSON.parse(content.toString()) as {split: {testFold: number}};
  return {sha256: sha256(content), testFold: split.testFold};
};
const [resnet34, student] = [read("resnet34"), read("student")];
if (resnet34 && student && resnet34.testFold !== student.testFold) {
  throw new Error("models/student and models/resnet34 must ship networks of the same fold: export one of them again.");
}
process.stdout.write(
  JSON.stringify({
    resnet34: resnet34?.sha256 ?? null,
    student: student?.sha256 ?? null,
    finder: hashIfThere("models/finder/metadata.json"),
    testFold: resnet34?.testFold ?? null
  })
);
