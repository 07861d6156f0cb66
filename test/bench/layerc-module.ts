import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compile, type CompileOptions } from "../../src/compile.ts";
import { exportModels } from "../../src/export.ts";
import { hasErrors, type Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { Host, HostFile } from "../../src/load/host.ts";

/** How layerc compiles `net.layers`. */
export interface ModuleOptions {
  readonly target: "typescript" | "wasm" | "auto";
  readonly precision?: "float32" | "bfloat16" | "int8";
  /** Weights in the module, in a file beside it, or given by the caller. */
  readonly weights: "inline" | "file" | "argument";
  readonly unroll?: "auto" | "full" | "none";
  readonly keepZeros?: true;
  /** With the trainer of the model. */
  readonly training?: true;
}

/** The folder, in the workload's, that holds the module compiled with these options. */
export function moduleFolder(options: ModuleOptions): string {
  const { target, precision = "float32", weights, unroll = "auto", keepZeros, training = false } = options;
  const others = [...(keepZeros ? ["zeros"] : []), ...(training ? ["training"] : [])];
  return ["layerc", target, precision, weights, unroll, ...others].join("-");
}

/**
 * Compiles `net.layers` of a workload's folder to JavaScript in `moduleFolder`, unless that is done already, and gives the
 * path of `net.js`.
 */
export async function layercModule(folder: string, options: ModuleOptions): Promise<string> {
  const out = path.join(folder, moduleFolder(options));
  const file = path.join(out, "net.js");
  if (existsSync(file)) return file;
  const { weights, ...others } = options;
  const text = readFileSync(path.join(folder, "net.layers"), "utf8");
  const bound: Pick<CompileOptions, "weights"> = weights === "argument" ? {} : { weights };
  const source = {
    path: path.join(folder, "net.layers"),
    text: weights === "argument" ? text.replace(/^ *weights .*\n/m, "") : text,
  };
  const { files, diagnostics } = await compile(source, { ...others, ...bound, host, emit: "js" } as CompileOptions);
  failOnErrors(diagnostics);
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, "package.json"), `{"type":"module"}\n`);
  for (const { name, content } of files) writeFileSync(path.join(out, name), content);
  return file;
}

/** Writes the model into the folder, as `layerc export` does, and gives the name of the file: `net.onnx`, `net-int8.onnx`. */
export async function onnxModel(folder: string, precision: "float32" | "int8" = "float32"): Promise<string> {
  const name = precision === "int8" ? "net-int8.onnx" : "net.onnx";
  const file = path.join(folder, name);
  if (existsSync(file)) return name;
  const text = readFileSync(path.join(folder, "net.layers"), "utf8");
  const { files, diagnostics } = await exportModels(
    { path: path.join(folder, "net.layers"), text },
    { host, format: "onnx", precision },
  );
  failOnErrors(diagnostics);
  writeFileSync(file, files[0]?.content ?? "");
  return name;
}

function failOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (hasErrors(diagnostics)) throw new Error(diagnostics.map(({ message }) => message).join("; "));
}

const host: Host = {
  resolve: (from, relative) => path.resolve(path.dirname(from), relative),
  readText: async (file) => readOr(() => readFileSync(file, "utf8")),
  readBytes: async (file) => readOr(() => new Uint8Array(readFileSync(file))),
};

function readOr<Content>(read: () => Content): HostFile<Content> {
  try {
    return { ok: true, content: read() };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}
