import type { Model } from "../../../src/check/model.ts";
import { hasErrors } from "../../../src/diagnostics/diagnostic.ts";
import { importSource } from "../../../src/importers/import-source.ts";
import type { WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { isTrainedFile } from "../../../src/model-formats/file-names.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { checkSource } from "../../../src/stages/check-source.ts";
import type { FormulaLayer } from "../formulas/formula-layer.ts";
import { memoryFiles } from "../memory-files.ts";

/** A model, and the arrays that a file binds to it. */
export interface JudgedModel {
  readonly model: Model;
  readonly arrays?: WeightArrays;
  /** What else says what it computes; without it the checked model does. */
  readonly layers?: readonly FormulaLayer[];
}

/** The models of a file that layerc takes, as a build has them before it generates anything. */
export async function modelsOf(
  name: string,
  given: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly JudgedModel[]> {
  const host = createNodeHost("/p", memoryFiles(given));
  const text = given[name];
  const source = isTrainedFile(name)
    ? await importSource(name, { host })
    : { path: name, text: typeof text === "string" ? text : new TextDecoder().decode(text) };
  const { result, weights } = await checkSource(source, { host });
  if (hasErrors(result.diagnostics)) return [];
  return result.models.map((model) => {
    const arrays = weights.get(model);
    return arrays === undefined ? { model } : { model, arrays };
  });
}
