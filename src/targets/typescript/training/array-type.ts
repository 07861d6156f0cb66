import type { TrainerUnit } from "../../trainer-unit.ts";
import { trustedText, type Code } from "../code.ts";

/** The type of a trainer's arrays. */
export function arrayType({ engine }: Pick<TrainerUnit, "engine">): Code {
  return trustedText(engine === undefined ? "Float64Array" : "Float32Array");
}
