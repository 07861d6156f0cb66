import { vectorFunction } from "./functions.ts";
import type { VectorMath } from "./math/vector-function.ts";
import { set, type Wat } from "./wat.ts";

/** Vector functions written out where they are used; `vectors` gets the locals that they need. */
export function inlineMath(math: VectorMath, vectors: Set<string>): VectorMath {
  const inlined: VectorMath = {
    ...math,
    call(name, operand) {
      const { locals, body } = vectorFunction(name);
      // The places where a function is used can share its locals: it sets them before it reads them.
      const own = new Map(["x", ...locals].map((local) => [`$${local}`, `$${name}.${local}`]));
      for (const local of own.values()) vectors.add(local.slice(1));
      const rename = (wat: Wat): Wat => (typeof wat === "string" ? (own.get(wat) ?? wat) : wat.map(rename));
      return ["block", ["result", "v128"], set(`${name}.x`, operand), ...body(inlined).map(rename)];
    },
  };
  return inlined;
}
