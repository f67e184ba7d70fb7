import {existsSync} from "node:fs";
import {emit} from "./loaders/emit.js";
import {fieldTables} from "./loaders/field-tables.js";
import {readJson} from "./loaders/read.js";
import type {FieldsReport, MeasuredFields} from "./shapes/fields.js";

// How well the finder does on whole fields of other laboratories; null where it was not measured.
const file = "models/finder/report.json";
await emit((): MeasuredFields | null => {
  if (!existsSync(file)) return null;
  const report = readJson(file) as unknown as FieldsReport;
  return {report, tables: fieldTables(report)};
});
