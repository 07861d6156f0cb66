import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { emitIr, type EmitIrOptions, type IrStage } from "../../src/index.ts";
import { mapHost } from "../targets/support/compile-text.ts";

/** Trained arrays, by the names of a safetensors file. */
export type Arrays = Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>>;

/**
 * What a model is after a pass, without its first line of comments: `irText(source, "loops", "unroll")`. The source must
 * have one model; with arrays, it must have `weights "w"`.
 */
export async function irText(
  source: string,
  stage: IrStage,
  after: string,
  { arrays, ...options }: Partial<EmitIrOptions> & { readonly arrays?: Arrays } = {},
): Promise<string> {
  const tensors = Object.entries(arrays ?? {}).map(([name, [shape, values]]) => ({
    name,
    shape,
    data: Float32Array.from(values),
  }));
  const { texts, diagnostics } = await emitIr(source, {
    ...options,
    stage,
    after,
    host: mapHost({ w: writeSafetensors(tensors) }),
  });
  const [only, ...others] = texts;
  if (only === undefined || others.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return only.text;
}

/** The function of a layer in the text of a stage, without the comments above it. */
export function functionOf(text: string, name: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${name}(`));
  if (start < 0) throw new Error(`no function '${name}' in\n${text}`);
  return lines.slice(start, lines.indexOf("}", start) + 1).join("\n");
}
