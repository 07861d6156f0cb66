import type { JsonObject } from "../../files/json.ts";
import type { ReadRows } from "./reading.ts";
import type { TextLine } from "./text-lines.ts";

/** Takes rows that are objects, and stores their numbers. */
export interface ObjectRows extends ReadRows {
  add(sample: JsonObject, line: TextLine): void;
}
