import {createReadStream} from "node:fs";
import {csvParseRows} from "d3-dsv";

/** A row of a file of comma-separated values. */
export interface CsvRow {
  values: string[];
  /** The byte at which the next row starts. */
  end: number;
  /** Whether its line break is there: the last one of a file that was cut short lacks it. */
  isWhole: boolean;
}

const [QUOTE, COMMA, LINE_BREAK] = [0x22, 0x2c, 0x0a] as const;

/** Reads a file of comma-separated values row by row, from a byte at which a row starts; it holds one row at a time. */
export async function* csvRows(file: string, start = 0): AsyncGenerator<CsvRow> {
  let rest: Buffer = Buffer.alloc(0);
  let [end, isQuoted, mayOpen] = [start, false, true];
  for await (const chunk of createReadStream(file, {start}) as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let first = 0;
    for (let at = rest.length; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE && (isQuoted || mayOpen)) {
        isQuoted = !isQuoted;
        mayOpen = true; // Two quotes within quotes are one of the text.
        continue;
      }
      mayOpen = byte === COMMA || byte === LINE_BREAK;
      if (byte !== LINE_BREAK || isQuoted) continue;
      end += at + 1 - first;
      yield {values: parsed(bytes.subarray(first, at + 1)), end, isWhole: true};
      first = at + 1;
    }
    rest = bytes.subarray(first);
  }
  if (rest.length > 0) yield {values: parsed(rest), end: end + rest.length, isWhole: false};
}

function parsed(bytes: Buffer): string[] {
  return csvParseRows(bytes.toString().replace(/^\ufeff/, ""))[0] ?? [];
}
