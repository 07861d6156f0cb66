import type { InstructionSet } from "../../vectors/instruction-set.ts";
import { vectorFunction } from "./functions.ts";
import type { VectorMath } from "./math/vector-function.ts";
import { constantsStart } from "./memory-layout.ts";
import { i32, op, type Wat } from "./wat.ts";

/** The 32-bit constants of modules that share a memory layout, in the order of their first use. */
export type Constants = Map<number, number>;

/** How vector functions are printed: multiply-adds, and constants as reads of memory, which are noted. */
export function vectorMath(instructions: InstructionSet, constants: Constants, called: Set<string>): VectorMath {
  const slot = (bits: number): Wat => {
    const at = constants.get(bits) ?? constants.size;
    constants.set(bits, at);
    return op("v128.load32_splat", `offset=${constantsStart + 4 * at}`, i32(0));
  };
  return {
    multiplyAdd: (a, b, c) =>
      instructions.fused ? op("f32x4.relaxed_madd", a, b, c) : op("f32x4.add", op("f32x4.mul", a, b), c),
    constant: (value) => slot(new Uint32Array(new Float32Array([value]).buffer)[0] as number),
    bits: (value) => slot(value >>> 0),
    call(name, operand) {
      called.add(name);
      return op("call", `$${name}`, operand);
    },
  };
}

/** The vector functions that are called, and those that they call. */
export function printFunctions(called: Set<string>, math: VectorMath): readonly Wat[] {
  const printed: Wat[] = [];
  for (const name of called) {
    const definition = vectorFunction(name);
    printed.push([
      "func",
      `$${name}`,
      op("param", "$x", "v128"),
      op("result", "v128"),
      ...definition.locals.map((local) => op("local", `$${local}`, "v128")),
      ...definition.body(math),
    ]);
  }
  return printed;
}

/** The constants as bytes in memory. */
export function constantData(constants: Constants): readonly Wat[] {
  if (constants.size === 0) return [];
  const bytes = new Uint8Array(Uint32Array.from(constants.keys()).buffer);
  const text = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  return [op("data", i32(constantsStart), `"${text}"`)];
}
