import type { Model } from "../../src/check/model.ts";
import type { Compiler } from "../../src/node/environment.ts";
import type { CompileOptions } from "../../src/compile.ts";
import type { CheckResult } from "../../src/stages/check-source.ts";
import type { Diagnostic, Severity } from "../../src/diagnostics/diagnostic.ts";
import { staticSize } from "../../src/ir/size.ts";
import type { Source } from "../../src/syntax/source.ts";
import { sidecarMetadata } from "../../src/weights/sidecar-mark.ts";
import { sealed } from "../../src/files/sealed-safetensors.ts";
import { generatedBy, withChecksum } from "../../src/targets/generated-mark.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { modelFromRecord } from "../summary/keras-model.ts";

/** What the compiler below makes of the text of `<name>.layers`: `ts`, `js`, or declarations, `dts`. */
export function fakeModule(name: string, text: string, language = "ts", unroll = "auto"): string {
  const header = generatedBy("1.2.3", `${name.replaceAll("\n", " ")}.layers`);
  return withChecksum(`// ${header}\nexport const ${language}_${unroll} = ${JSON.stringify(text)};\n`);
}

/** The index of a file of which nothing is known. */
export const emptyIndex: CheckResult["index"] = {
  path: "",
  models: [],
  bodies: [],
  values: new Map(),
  definitions: [],
};

/**
 * A compiler whose language is a few words, for tests of what the command line makes of results: every `model NAME` is
 * a model; `error`, `warning` and `hint` are reported where they stand; `bug` throws; `read FILE` is a dependency.
 */
export const fakeCompiler: Compiler = {
  async check(source) {
    return checkWords(source as Source);
  },
  async compile(given, options: CompileOptions = {}) {
    const source = given as Source;
    const checked = checkWords(source);
    const failed = checked.diagnostics.some(({ severity }) => severity === "error");
    const name = source.path.replace(/^.*\//, "").replace(/\.layers$/, "");
    const code = (language: string): string => fakeModule(name, source.text, language, options.unroll);
    const modules =
      options.emit === "js"
        ? [
            { name: `${name}.js`, content: code("js") },
            { name: `${name}.d.ts`, content: code("dts") },
          ]
        : [{ name: `${name}.ts`, content: code("ts") }];
    const kernel = { name: "kernel", shape: [], data: Float32Array.of(source.text.length) };
    const model = checked.models[0]?.name ?? "";
    const content = sealed(writeSafetensors([kernel], sidecarMetadata(model)));
    const sidecar = { name: `${name}.weights.safetensors`, content };
    return {
      ...checked,
      files: failed ? [] : options.weights === "file" ? [...modules, sidecar] : modules,
      inlined: failed || options.weights === "file" ? [] : checked.models,
      reports: failed
        ? []
        : checked.models.map((model) => ({
            model: model.name,
            target: { target: "typescript", wasmGain: 1, wasmLeastGain: 1, reason: "no difference" } as const,
            layers: [
              {
                layer: "hidden",
                description: "Dense [4] -> [16], relu",
                multiplyAdds: staticSize(2048),
                strategy: "straight-line",
                codeBytes: 1234,
                weightBytes: 320,
                reason: "few",
              },
              {
                layer: "encoder/dense",
                description: "Dense [time, 4] -> [time, 16]",
                multiplyAdds: { factor: 64, dims: ["time"] },
                strategy: "loops",
                codeBytes: 400,
                weightBytes: 320,
                reason: "a run-time axis",
              },
            ],
          })),
    };
  },
};

function checkWords(source: Source): CheckResult {
  if (/\bbug\b/.test(source.text)) throw new TypeError("undefined is not a layer");
  const models: Model[] = [...source.text.matchAll(/\bmodel (\w+)/g)].map((match) => ({
    ...modelFromRecord(match[1] as string, [
      {
        name: "dense",
        class_name: "Dense",
        output_shape: [null, 2],
        weights: [{ path: "kernel", shape: [3, 2], trainable: true }],
      },
    ]),
    exportName: (match[1] as string).replace(/^./, (first) => first.toLowerCase()),
    file: source.path,
  }));
  const diagnostics: Diagnostic[] = [...source.text.matchAll(/\b(error|warning|hint)\b/g)].map((match) => ({
    code: `fake-${match[1]}`,
    severity: match[1] as Severity,
    message: `found '${match[1]}'`,
    label: "here",
    span: { file: source.path, start: match.index, end: match.index + match[0].length },
    related: [],
    help: "write something else",
  }));
  const read = [...source.text.matchAll(/\bread (\S+)/g)].map((match) => match[1] as string);
  return { models, index: emptyIndex, diagnostics, sources: [source], dependencies: [source.path, ...read] };
}
