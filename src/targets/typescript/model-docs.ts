import { formatShape } from "../../ir/shape.ts";
import type { ModelUnit } from "../model-unit.ts";
import { docComment, type Code } from "./code.ts";

/** The comment of a model: its own, or else its shapes. Its type has it, and the value or function that an editor shows it for. */
export function modelDoc(unit: ModelUnit): Code {
  return docComment(modelLines(unit));
}

/** The comment of the function that makes a model from its arrays. */
export function createDoc(unit: ModelUnit): Code {
  return docComment([...modelLines(unit), "", `Made from the trained arrays of ${unit.name}, which are copied.`]);
}

/** The comment of the function that reads a model's arrays. */
export function readDoc({ name }: ModelUnit): Code {
  return docComment([`Reads the weights of ${name} from the bytes of a safetensors file.`]);
}

/** The comment of `<model>Info`. */
export function infoDoc({ name }: ModelUnit): Code {
  return docComment([`What ${name} is made of: shapes, parameters, and every argument of its layers.`]);
}

function modelLines(unit: ModelUnit): readonly string[] {
  if (unit.doc !== undefined) return unit.doc.split("\n");
  return [`${unit.name}: ${formatShape(unit.inputShape)} -> ${formatShape(unit.outputShape)}.`];
}
