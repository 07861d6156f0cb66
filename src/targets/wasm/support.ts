import { code, types, type Code } from "../typescript/code.ts";
import type { SupportFunction } from "../typescript/support-function.ts";

/** What a model's kernels export. Types are written in place: a name of their own might be that of a model. */
const wasmExports = code`{
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  run(...parameters: number[]): number;
  /** For one sample; small models have it. */
  one(): void;
}`;

/** Typed here, for not every project has the types of a browser. */
const wasmGlobal = code`{
  readonly WebAssembly?: {
    validate(bytes: Uint8Array): boolean;
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { readonly exports: ${wasmExports} };
  };
}`;

/**
 * What follows a length of 15. It is written in place both times: V8 14.6 (Node 26) may lose what a function in a running loop
 * adds to a variable of the loop.
 */
function addLength(sum: Code): Code {
  return code`if (${sum} === 15) {
      let more;
      do {
        more = block[from++]${types`!`};
        ${sum} += more;
      } while (more === 255);
    }`;
}

const decodeLz4: SupportFunction = {
  name: "decodeLz4",
  print: (self) => code`/** The \`size\` bytes of an LZ4 block: literals, and repetitions of what came before. */
function ${self}(block${types`: Uint8Array`}, size${types`: number`})${types`: Uint8Array`} {
  const bytes = new Uint8Array(size);
  let at = 0;
  let from = 0;
  while (at < size) {
    const token = block[from++]${types`!`};
    let literals = token >> 4;
    ${addLength(code`literals`)}
    for (; literals > 0; literals--) bytes[at++] = block[from++]${types`!`};
    if (at === size) break;
    const distance = block[from]${types`!`} | (block[from + 1]${types`!`} << 8);
    from += 2;
    let repeated = token & 15;
    ${addLength(code`repeated`)}
    for (repeated += 4; repeated > 0; repeated--, at++) bytes[at] = bytes[at - distance]${types`!`};
  }
  return bytes;
}`,
};

/** Compiles the kernels of a model for the runtime at hand. */
export const compileWasm: SupportFunction = {
  name: "compileWasm",
  print: (self, support) => code`/**
 * Compiles the first of two modules that the runtime has the instructions for;
 * neither where it lacks WebAssembly or a policy forbids it. \`start\` makes an
 * instance, unless there is no memory left.
 */
function ${self}(text${types`: string`}, relaxed${types`: number`}, plain${types`: number`})${types`: {
  readonly backend: "wasm-relaxed-simd" | "wasm-simd" | "typescript";
  readonly start?: () => ${wasmExports} | undefined;
}`} {
  const { WebAssembly: wasm } = globalThis${types` as unknown as ${wasmGlobal}`};
  if (wasm === undefined) return { backend: "typescript" };
  const bytes = ${support(decodeLz4)}(${support("decodeBase64")}(text), relaxed + plain);
  try {
    const isRelaxed = wasm.validate(bytes.subarray(0, relaxed));
    const module = new wasm.Module(isRelaxed ? bytes.subarray(0, relaxed) : bytes.subarray(relaxed));
    const start = () => {
      try {
        return new wasm.Instance(module).exports;
      } catch {
        return undefined;
      }
    };
    return { backend: isRelaxed ? "wasm-relaxed-simd" : "wasm-simd", start };
  } catch {
    return { backend: "typescript" };
  }
}`,
};

/** The functions of this backend that depend on no model, in the order in which modules have them. */
export const wasmSupport: readonly SupportFunction[] = [compileWasm, decodeLz4];
