import { maxFileBytes } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { ReadModel } from "../model-format.ts";
import { withExternalData, type ReadBeside } from "./external-data.ts";
import { checkAttributes } from "./known-attributes.ts";
import { withStandardOperators } from "./microsoft-operators.ts";
import { partOfGraph } from "./part-of-graph.ts";
import { readChain } from "./read-chain.ts";
import { readGraph } from "./read-graph.ts";

/** Reads an ONNX model whose graph is a chain of layers: up to its output, or the tensor or node called `wanted`. */
export async function readOnnx(
  bytes: Uint8Array,
  wanted: string | undefined,
  readBeside: ReadBeside,
): Promise<Omit<ReadModel, "format">> {
  if (bytes.length > maxFileBytes) fail("too-large", `it has more than ${maxFileBytes} bytes`);
  if (bytes.length === 0) fail("damaged", "it is empty");
  const { graph: whole, opset } = readGraph(bytes);
  const part = partOfGraph(whole, wanted);
  checkAttributes(part.graph, opset);
  const graph = await withExternalData(withStandardOperators(part.graph), readBeside);
  return readChain(graph, part, opset);
}
