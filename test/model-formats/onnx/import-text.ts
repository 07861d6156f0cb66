import { importModel } from "../../../src/importers/index.ts";
import { readWeightFile } from "../../../src/weights/read-weight-file.ts";
import type { WeightEntry } from "../../../src/weights/weight-file.ts";

/** What an import of ONNX bytes gives: the body of the model, its arrays by key, and what is said. */
export async function importOnnx(
  bytes: Uint8Array,
  output?: string,
): Promise<{
  readonly source: string | undefined;
  readonly body: string;
  readonly arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly messages: readonly string[];
}> {
  const host = {
    resolve: (_: string, relative: string) => relative,
    readText: async () => ({ ok: false, reason: "no such file" }) as const,
    readBytes: async () => ({ ok: true, content: bytes }) as const,
  };
  const { value, diagnostics } = await importModel("net.onnx", {
    host,
    name: "Net",
    ...(output === undefined ? {} : { output }),
  });
  const arrays: Record<string, { shape: readonly number[]; data: readonly number[] }> = {};
  if (value !== undefined) {
    const read = await readWeightFile(value.weights({}), "net.safetensors");
    const collect = (entry: WeightEntry): void => {
      if (entry.kind === "container") return entry.entries.forEach(collect);
      for (const { source, shape, data } of entry.arrays) arrays[source] = { shape, data: [...data] };
    };
    if (read.ok) collect(read.file.root);
  }
  const lines = (value?.source ?? "").split("\n").filter((line) => /^ {2}\S/.test(line));
  return {
    source: value?.source,
    body: lines
      .filter((line) => !/^ {2}weights /.test(line))
      .map((line) => line.trim())
      .join("; "),
    arrays,
    messages: diagnostics.map(({ message }) => message),
  };
}
