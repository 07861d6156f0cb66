import type { ScalarFunction } from "../../ir/scalar.ts";
import { code, docComment, trustedText, types, type Code, type Identifier } from "./code.ts";
import type { Names } from "./names.ts";
import { printScalarFunction } from "./print-scalar-function.ts";

/** The scalar functions of a module that are called instead of being written in place, each once. */
export interface ScalarFunctions {
  /** The module's name for a function; asking for it puts it into the module. */
  identifierOf(definition: ScalarFunction): Identifier;
  /** Those that were asked for. */
  definitions(): readonly Code[];
}

export function createScalarFunctions(names: Names, typescript: boolean): ScalarFunctions {
  const known = new Map<string, { readonly identifier: Identifier; readonly definition: ScalarFunction }>();
  return {
    identifierOf(definition) {
      const found = known.get(definition.name);
      if (found !== undefined) return found.identifier;
      const identifier = names.fresh(definition.name);
      known.set(definition.name, { identifier, definition });
      return identifier;
    },
    definitions: () =>
      [...known.values()].map(({ identifier, definition }) => printFunction(identifier, definition, typescript)),
  };
}

function printFunction(name: Identifier, definition: ScalarFunction, typescript: boolean): Code {
  const text = printScalarFunction(definition.body, {
    typescript,
    buffer: () => "x",
    dim: (dim) => dim,
    scalarFunction: (inner) => inner.name,
  });
  return code`${docComment([definition.formula])}function ${name}(x${types`: number`})${types`: number`} {\n${trustedText(text)}\n}`;
}
