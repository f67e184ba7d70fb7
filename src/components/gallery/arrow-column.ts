import type {Column, Table} from "@uwdata/flechette";

/** A column of an Arrow table. @throws Error when the table has none of that name */
export function arrowColumn(table: Table, name: string): Column<unknown> {
  const column = table.getChild(name) as Column<unknown> | undefined;
  if (!column) throw new Error(`The file has no column “${name}”. Reload the page; its parts may be of two versions.`);
  return column;
}
