import type { Host } from "layerc";
import type { SourceFile } from "../model/built.ts";
import { compileGiven } from "./missing-weights.ts";

/** How large a file is. */
export interface ModuleSize {
  readonly name: string;
  readonly what: string;
  readonly bytes: number;
  readonly gzip: number;
}

export async function moduleSizes(
  source: SourceFile,
  host: Host,
): Promise<readonly ModuleSize[]> {
  const made = [
    { what: "TypeScript", options: { emit: "ts" } },
    { what: "JavaScript", options: { emit: "js" } },
    {
      what: "JavaScript with WebAssembly in it",
      options: { emit: "js", target: "wasm" },
    },
  ] as const;
  const sizes: ModuleSize[] = [];
  for (const { what, options } of made) {
    const { files } = await compileGiven(source, host, options);
    const [module] = files;
    if (module === undefined) continue;
    const bytes = new TextEncoder().encode(String(module.content));
    sizes.push({
      name: module.name,
      what,
      bytes: bytes.length,
      gzip: await gzipSize(bytes),
    });
  }
  return sizes;
}

async function gzipSize(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const zipped = new Blob([bytes])
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(zipped).arrayBuffer()).byteLength;
}
