import type { Span } from "../diagnostics/diagnostic.ts";
import type { JsonObject } from "../files/json.ts";
import type { GivenArgument } from "./values.ts";
import type { Converted } from "./written.ts";

/** Where a node of a configuration stands in the script that makes it. */
export interface ScriptPlace {
  readonly span: Span;
  /** Whether its author named it. */
  readonly isNamed: boolean;
  /** Where it is compiled, of a model. */
  readonly compiled?: Span;
  /** Its arguments as they are written, by the names that they have there. */
  readonly arguments: ReadonlyMap<string, ArgumentPlace>;
}

export interface ArgumentPlace extends Converted, Pick<GivenArgument, "span" | "lost"> {}

/** The places of the nodes of a configuration, each by the very object. */
export type ScriptPlaces = ReadonlyMap<JsonObject, ScriptPlace>;
