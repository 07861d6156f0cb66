import type { ScalarFunction } from "../../../../src/ir/scalar.ts";
import { printValue } from "../../../../src/targets/wasm/print-value.ts";
import { set } from "../../../../src/targets/wasm/wat.ts";
import { local } from "../../../../src/vectors/build.ts";
import { shareValues } from "../../../../src/vectors/share-values.ts";
import { applyFunction } from "../../../../src/vectors/values.ts";
import type { Mapping } from "./assemble.ts";

/** An elementwise function with every operation in float32, as the target makes it. */
export function lowerScalarFunction(name: string, definition: ScalarFunction): Mapping {
  let names = 0;
  const value = applyFunction(definition, local("x"));
  const statements = shareValues({ kind: "let", name: "result", value }, () => `t${names++}`).flatMap((statement) =>
    statement.kind === "let" ? [statement] : [],
  );
  const result = statements.at(-1);
  if (result?.name !== "result") throw new Error("the last value is the result");
  return {
    name,
    // What stands for the number 0 is a local that nothing sets.
    locals: [...statements.map((statement) => statement.name), "zero"],
    body(math) {
      const none = (): never => {
        throw new Error("an elementwise function reads nothing but its argument");
      };
      const printing = {
        math,
        dim: none,
        base: none,
        overruns: false,
        lookupCode: none,
        vectors: new Set<string>(),
        integers: new Set<string>(),
        fresh: { addresses: 0 },
        addresses: new Map<string, string>(),
      };
      return [
        ...statements
          .slice(0, -1)
          .map((statement) => set(statement.name, printValue(statement.value, printing, new Map()))),
        printValue(result.value, printing, new Map()),
      ];
    },
  };
}
