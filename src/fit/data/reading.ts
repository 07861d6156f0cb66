import type { Span } from "../../diagnostics/diagnostic.ts";
import type { RowWriter } from "../rows/row-store.ts";
import type { RowLayout } from "../rows/samples.ts";
import type { ColumnChoice, Columns } from "./columns.ts";
import type { Place } from "./place.ts";
import type { Problems } from "./problems.ts";
import type { TargetPlan } from "./target-plan.ts";

/** What a model takes of a sample. */
export interface WantedData {
  /** Of one sample. */
  readonly inputShape: readonly number[];
  /** Numbers of its inputs. */
  readonly inputs: number;
  /** Of the table that the inputs are indices of, where an Embedding reads them. */
  readonly rows?: number;
  readonly plan: TargetPlan;
}

/** What the readers of all formats are given. */
export interface Reading {
  readonly path: string;
  readonly wanted: WantedData;
  readonly choice: ColumnChoice;
  readonly problems: Problems;
  spanOf(place: Place | undefined): Span;
  createWriter(layout: RowLayout): RowWriter;
}

/** What a reader has found; what is wrong it has added to the problems. */
export interface ReadRows {
  readonly layout: RowLayout;
  readonly writer: RowWriter;
  /** Of formats whose columns have names. */
  readonly columns?: Columns;
}
