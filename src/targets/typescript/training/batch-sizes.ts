import { samplesAxis, samplesDim } from "../../../ir/samples.ts";
import { elementCount, type Shape } from "../../../ir/shape.ts";
import { isStatic, multiplySizes, type Size } from "../../../ir/size.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, empty, join, quoted, trustedText, types, type Code } from "../code.ts";
import { optionalAccess } from "../info.ts";
import { printSize } from "../print-value.ts";
import type { StepContext } from "./step-functions.ts";

/** Run-time dims as a method is given them. */
export function readDims({ dims, name }: TrainerUnit, context: StepContext): Code {
  return join(
    dims.map(
      (dim) =>
        code`const ${context.dim(dim)} = ${context.support("checkDim")}(${quoted(name)}, ${quoted(dim)}, dims${optionalAccess(dim)});\n`,
    ),
    "",
  );
}

/** The parameter that run-time dims are given in. */
export function dimsParameter({ dims }: TrainerUnit): Code {
  return dims.length === 0 ? empty : code`, dims`;
}

/** `, time_size: number` for each run-time dim of the model. */
export function dimParameters({ dims }: TrainerUnit, context: StepContext): Code {
  return join(
    dims.map((dim) => code`, ${context.dim(dim)}${types`: number`}`),
    "",
  );
}

/** `, time_size` for each run-time dim of the model. */
export function dimArguments({ dims }: TrainerUnit, context: StepContext): Code {
  return join(
    dims.map((dim) => code`, ${context.dim(dim)}`),
    "",
  );
}

/** A size as an expression. */
export function sizeText(size: Size, context: StepContext): Code {
  const dim = (name: string): string => (name === samplesDim ? "samples" : context.dim(name).text);
  return trustedText(printSize(size, { dim }));
}

/** The elements of all `samples`. */
export function batchSize(shape: Shape, context: StepContext): Code {
  return sizeText(multiplySizes(samplesAxis, elementCount(shape)), context);
}

/** The elements of one sample, as a factor. */
export function sampleSize(shape: Shape, context: StepContext): Code {
  const size = elementCount(shape);
  return isStatic(size) ? sizeText(size, context) : code`(${sizeText(size, context)})`;
}

/** The elements of some samples: `count * 4`. */
export function elementsOf(samples: "count" | "at", shape: Shape, context: StepContext): Code {
  const size = elementCount(shape);
  const isOne = isStatic(size) && size.factor === 1;
  return isOne ? trustedText(samples) : code`${trustedText(samples)} * ${sampleSize(shape, context)}`;
}
