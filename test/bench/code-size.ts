import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** Bytes of minified code. */
export interface Size {
  readonly raw: number;
  readonly gzipped: number;
}

/** A script with what it imports, as a bundler leaves it for a page. */
export async function minified(file: string): Promise<string> {
  const bundle = await rolldown({ input: file, platform: "browser", logLevel: "silent", treeshake: true });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    comments: false,
    codeSplitting: false,
  });
  await bundle.close();
  return output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("");
}

export function sizeOf(contents: readonly (string | Uint8Array)[]): Size {
  const sum = (bytes: (content: string | Uint8Array) => number): number =>
    contents.reduce((total, content) => total + bytes(content), 0);
  return { raw: sum((content) => Buffer.byteLength(content)), gzipped: sum((content) => gzipSync(content).length) };
}
