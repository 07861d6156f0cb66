import { maxFileBytes } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import { isBeside } from "../read-beside.ts";
import type { StoredGraph } from "./read-graph.ts";
import type { StoredTensor } from "./tensor.ts";

/** Reads a file by its name as an ONNX model has it, from the folder of the model. */
export type ReadBeside = (name: string) => Promise<Uint8Array>;

/**
 * A graph with the arrays that lie in other files, `model.onnx.data` most often: PyTorch writes even small models so. Each file
 * is read once, and only from the folder of the model.
 */
export async function withExternalData(graph: StoredGraph, readBeside: ReadBeside): Promise<StoredGraph> {
  const read = new Map<string, Uint8Array>();
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  const initializers = new Map(graph.initializers);
  for (const [name, tensor] of graph.initializers) {
    if (tensor.external === undefined || !used.has(name)) continue;
    const file = locationOf(tensor, tensor.external);
    const bytes = read.get(file) ?? (await readBeside(file));
    if (bytes.length > maxFileBytes) fail("too-large", `its file '${file}' has more than ${maxFileBytes} bytes`);
    read.set(file, bytes);
    initializers.set(name, { ...tensor, raw: partOf(tensor, tensor.external, bytes, file) });
  }
  return { ...graph, initializers };
}

function locationOf({ name }: StoredTensor, external: ReadonlyMap<string, string>): string {
  const location = (external.get("location") ?? "").replace(/^(?:\.\/)+/, "");
  if (!isBeside(location)) {
    fail(
      "unsupported",
      `the array '${shorten(name)}' lies in '${shorten(location)}', which is no file beside the model`,
    );
  }
  return location;
}

function partOf(
  { name }: StoredTensor,
  external: ReadonlyMap<string, string>,
  bytes: Uint8Array,
  file: string,
): Uint8Array {
  const offset = Number(external.get("offset") ?? 0);
  const length = Number(external.get("length") ?? bytes.length - offset);
  const isPart = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!isPart || offset + length > bytes.length) {
    fail(
      "damaged",
      `the array '${shorten(name)}' lies beyond the end of '${shorten(file)}'; the two files may not belong together`,
    );
  }
  return bytes.subarray(offset, offset + length);
}
