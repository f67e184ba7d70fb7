import {renameSync, writeFileSync} from "node:fs";
import {columnFromValues, float64, tableFromColumns, tableToIPC, utf8} from "@uwdata/flechette";
import {fileWriter, parquetWriteRows} from "hyparquet-writer";
import type {Row} from "../../src/components/ui/csv.js";
import {COLUMNS} from "./scorer.js";

/** How a file of scores is written, by its name: `.parquet`, `.arrow`, else CSV. */
export function formatOf(file: string): "csv" | "parquet" | "arrow" {
  return (["parquet", "arrow"] as const).find((format) => file.toLowerCase().endsWith(`.${format}`)) ?? "csv";
}

const isNumber = (column: string) => column === "calibrated" || column.startsWith("p_");

/**
 * Writes rows of scores as Parquet (Snappy, a row group in memory at a time) or as an Arrow file (all in memory): texts, and
 * probabilities as float64. The file has its name only once it is whole.
 */
export async function writeTable(file: string, rows: AsyncIterable<Row>): Promise<void> {
  const part = `${file}.part`;
  if (formatOf(file) === "parquet") {
    const columns = COLUMNS.map(
      (name) => ({name, type: isNumber(name) ? "DOUBLE" : "STRING", nullable: true}) as const
    );
    await parquetWriteRows({writer: fileWriter(part), rows: typed(rows), columns, rowGroupSize: ROWS});
  } else {
    const values: Row[] = [];
    for await (const row of typed(rows)) values.push(row);
    const column = (name: string) =>
      columnFromValues(
        values.map((row) => row[name]),
        isNumber(name) ? float64() : utf8(),
        {maxBatchRows: ROWS}
      );
    const table = tableFromColumns(Object.fromEntries(COLUMNS.map((name) => [name, column(name)])));
    writeFileSync(part, tableToIPC(table, {format: "file"})!);
  }
  renameSync(part, file);
}

/** Rows of a group or a batch. */
const ROWS = 65_536;

async function* typed(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    yield Object.fromEntries(
      COLUMNS.map((name) => [name, row[name] != null && isNumber(name) ? Number(row[name]) : row[name]!])
    );
  }
}
