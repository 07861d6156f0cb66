import wabt from "wabt";
import type { VectorFunction, VectorMath } from "../../../../src/targets/wasm/math/vector-function.ts";
import { get, op, printWat, type Wat } from "../../../../src/targets/wasm/wat.ts";

/** With `relaxed`, multiply-add is rounded once where the machine can. */
export type InstructionSet = "plain" | "relaxed";

/** A module under test: its memory, and functions that map numbers from its start to its second half. */
export interface MappingModule {
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  /** Applies `name` to all inputs. */
  run(name: string): void;
}

/** An elementwise body beside the vector functions: `(x) => value`, with the functions it calls. */
export interface Mapping {
  readonly name: string;
  readonly locals: readonly string[];
  body(math: VectorMath): readonly Wat[];
}

/** What is used of `WebAssembly`, whose types belong to browsers. */
interface Engine {
  validate(binary: Uint8Array): boolean;
  instantiate(
    binary: Uint8Array,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
}

const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
const wabtModule = await wabt();

/** `multiplyAdd` and constants of an instruction set, constants in the code. */
export function vectorMath(set: InstructionSet): VectorMath {
  const splat = (bits: number): Wat => op("v128.const", "i32x4", ...Array<number>(4).fill(bits >>> 0));
  return {
    multiplyAdd: (a, b, c) =>
      set === "relaxed" ? op("f32x4.relaxed_madd", a, b, c) : op("f32x4.add", op("f32x4.mul", a, b), c),
    constant: (value) => splat(float32Bits(value)),
    bits: splat,
    call: (name, operand) => op("call", `$${name}`, operand),
  };
}

/** Whether this engine runs an instruction set. */
export function supports(set: InstructionSet): boolean {
  return engine.validate(assemble([], [], set, 1));
}

/** Instantiates the functions and mappings, with room for `size` numbers, a multiple of 4. */
export async function mappingModule(
  functions: readonly VectorFunction[],
  mappings: readonly Mapping[],
  set: InstructionSet,
  size: number,
): Promise<MappingModule> {
  const { instance } = await engine.instantiate(assemble(functions, mappings, set, size));
  const { exports } = instance;
  const memory = exports["memory"] as { readonly buffer: ArrayBuffer };
  return {
    inputs: new Float32Array(memory.buffer, 0, size),
    outputs: new Float32Array(memory.buffer, size * 4, size),
    run: (name) => (exports[`map_${name}`] as () => void)(),
  };
}

function assemble(
  functions: readonly VectorFunction[],
  mappings: readonly Mapping[],
  set: InstructionSet,
  size: number,
): Uint8Array {
  const math = vectorMath(set);
  const all = [...functions, ...mappings];
  const tree = op(
    "module",
    op("memory", op("export", '"memory"'), Math.ceil((size * 8) / 65_536)),
    // Something that only this instruction set has, so that `supports` asks for it.
    op("func", op("param", "$x", "v128"), op("result", "v128"), math.multiplyAdd(get("x"), get("x"), math.constant(1))),
    ...all.map((each) => functionText(each, math)),
    ...all.map(({ name }) => loopText(name, size)),
  );
  const parsed = wabtModule.parseWat("math.wat", printWat(tree), { simd: true, relaxed_simd: set === "relaxed" });
  parsed.validate();
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return new Uint8Array(buffer);
}

/** A vector function as WebAssembly text. */
export function functionText({ name, locals, body }: Mapping, math: VectorMath): Wat {
  return op(
    "func",
    `$${name}`,
    op("param", "$x", "v128"),
    op("result", "v128"),
    ...locals.map((local) => op("local", `$${local}`, "v128")),
    ...body(math),
  );
}

function loopText(name: string, size: number): Wat {
  const value = op("call", `$${name}`, op("v128.load", get("at")));
  return op(
    "func",
    op("export", `"map_${name}"`),
    op("local", "$at", "i32"),
    op(
      "loop",
      "$next",
      op("v128.store", `offset=${size * 4}`, get("at"), value),
      op("local.set", "$at", op("i32.add", get("at"), op("i32.const", 16))),
      op("br_if", "$next", op("i32.lt_u", get("at"), op("i32.const", size * 4))),
    ),
  );
}

function float32Bits(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0);
}
