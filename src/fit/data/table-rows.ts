import { inputReader, numberReader } from "./cell-reader.ts";
import type { Cell } from "./cells.ts";
import type { Columns } from "./columns.ts";
import { layoutOf } from "./layout-of.ts";
import type { Place } from "./place.ts";
import type { Reading, ReadRows } from "./reading.ts";
import { targetReader } from "./target-reader.ts";

/** Takes the rows of a table whose columns are known, and stores their numbers. */
export interface TableRows extends ReadRows {
  /** `locate` answers where the cell of a column stands; it is asked only where one is wrong. */
  add(cells: readonly Cell[], locate: (column: number) => Place): void;
}

export function createTableRows(columns: Columns, { wanted, problems, createWriter }: Reading): TableRows {
  const { names, inputs, targets, weight } = columns;
  const { plan } = wanted;
  const layout = layoutOf(wanted, targets.length === 1, weight !== undefined);
  const isOneClass = layout.oneHot !== undefined;
  const read = [
    ...inputs.map((column) => ({ column, reader: inputReader(wanted) })),
    ...targets.map((column) => ({ column, reader: targetReader(plan, isOneClass) })),
    ...(weight === undefined ? [] : [{ column: weight, reader: numberReader("weight") }]),
  ];
  const row = new Float32Array(read.length);
  const writer = createWriter(layout);
  return {
    layout,
    writer,
    columns,
    add(cells, locate) {
      const before = problems.count;
      for (let at = 0; at < read.length; at++) {
        const { column, reader } = read[at] as (typeof read)[number];
        const cell = cells[column];
        const value = reader.read(cell);
        row[at] = value;
        if (!Number.isNaN(value)) continue;
        const what = `column '${names[column]}'`;
        problems.add(
          JSON.stringify([column, reader.mistake(cell)]),
          () => locate(column),
          (place) => reader.report(cell, what, place),
        );
      }
      // Of a file with mistakes nothing is trained.
      if (problems.count === before) writer.add(row);
    },
  };
}
