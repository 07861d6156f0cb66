import { bytesToBase64 } from "../../typescript/base64.ts";
import { code, docComment, trustedText, types } from "../../typescript/code.ts";
import { longString } from "../../typescript/arrays.ts";
import type { TrainerEngine } from "../../typescript/training/trainer-engine.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { compileWasm, wasmSupport } from "../support.ts";
import { wasmCode } from "../wasm-code.ts";
import type { TrainerModules } from "./assemble-trainer.ts";

/** The WebAssembly of a trainer as a part of its module. */
export function wasmTrainerEngine({ name, exportName }: TrainerUnit, modules: TrainerModules): TrainerEngine {
  return {
    support: wasmSupport,
    layout: modules.layout,
    lookups: modules.lookups,
    print({ fresh, support, preformatted }) {
      const { text, relaxedLength, plainLength, sum } = wasmCode(modules, bytesToBase64);
      const constant = fresh(`${exportName}TrainerCode`);
      const compiled = fresh(`${exportName}TrainerCompiled`);
      const start = fresh(`${exportName}TrainerKernels`);
      const doc = `The steps of ${name}'s trainer as WebAssembly: ${relaxedLength} bytes with relaxed SIMD, ${plainLength} with SIMD, LZ4 as base64`;
      return {
        sections: [
          code`${docComment([doc])}${trustedText(preformatted.add(longString(constant.text, text)))}`,
          code`let ${compiled}${types`: ReturnType<typeof ${support(compileWasm)}> | undefined`};`,
          code`${docComment(["An instance of the steps; nothing where the runtime has no SIMD or does not allow compilation."])}function ${start}() {
${compiled} ??= ${support(compileWasm)}(${constant}, ${relaxedLength}, ${plainLength}, ${sum});
return ${compiled}.start?.();
}`,
        ],
        start: code`${start}()`,
      };
    },
  };
}
