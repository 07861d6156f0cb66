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

/** Why a model runs in TypeScript although it has WebAssembly; `damaged` alone is a fault. */
export const backendReasons = code`"no-webassembly" | "no-simd" | "forbidden" | "no-memory" | "big-endian" | "damaged"`;

/** What came of the compilation. It lacks `start` where the loops run, and gets a reason when that finds no memory. */
const compiled = code`{
  backend: "wasm-relaxed-simd" | "wasm-simd" | "typescript";
  backendReason?: ${backendReasons} | undefined;
  start?: () => ${wasmExports} | undefined;
}`;

/** Compiles the kernels of a model for the runtime at hand. */
export const compileWasm: SupportFunction = {
  name: "compileWasm",
  print: (self, support) => code`/**
 * Compiles the first of two modules that the runtime has the instructions for.
 * Neither, with the reason, where it lacks WebAssembly or SIMD, a policy forbids
 * to compile, or the bytes have another \`sum\` than when they were written.
 * \`start\` makes an instance, unless there is no memory left.
 */
function ${self}(text${types`: string`}, relaxed${types`: number`}, plain${types`: number`}, sum${types`: number`})${types`: ${compiled}`} {
  const loops = (backendReason${types`: ${backendReasons}`}) => ({ backend: "typescript"${types` as const`}, backendReason });
  const { WebAssembly: wasm } = globalThis${types` as unknown as ${wasmGlobal}`};
  if (!wasm) return loops("no-webassembly");
  // Its memory is little-endian, arrays over it would not be.
  if (${support("isBigEndian")}()) return loops("big-endian");
  const bytes = ${support(decodeLz4)}(${support("decodeBase64")}(text), relaxed + plain);
  let found = 0;
  for (const byte of bytes) found = (Math.imul(found, 31) + byte) | 0;
  if (found !== sum) return loops("damaged");
  try {
    const isRelaxed = wasm.validate(bytes.subarray(0, relaxed));
    if (!isRelaxed && !wasm.validate(bytes.subarray(relaxed))) return loops("no-simd");
    const module = new wasm.Module(isRelaxed ? bytes.subarray(0, relaxed) : bytes.subarray(relaxed));
    const compiled${types`: ReturnType<typeof ${self}>`} = {
      backend: isRelaxed ? "wasm-relaxed-simd" : "wasm-simd",
      start() {
        try {
          return new wasm.Instance(module).exports;
        } catch {
          compiled.backend = "typescript";
          compiled.backendReason = "no-memory";
          return undefined;
        }
      },
    };
    return compiled;
  } catch {
    return loops("forbidden");
  }
}`,
};

/** The functions of this backend that depend on no model, in the order in which modules have them. */
export const wasmSupport: readonly SupportFunction[] = [compileWasm, decodeLz4];
