import path from "node:path";
import type { CompileResult } from "../../compile.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import { outputFolder } from "../../node/outputs.ts";
import { displayPath } from "../../node/paths.ts";
import { readQuietly } from "../../node/read-quietly.ts";
import { holdsArrays } from "../../weights/readers/holds-arrays.ts";
import { importHash } from "../../weights/import-mark.ts";
import { sidecarModel } from "../../weights/sidecar-mark.ts";
import type { BuildResult } from "./build-result.ts";

/**
 * A compiled input without the weight files that would repeat one: the safetensors file of an import lies beside the
 * module, and has the arrays as the module reads them.
 */
export function shareWeights(
  input: Input,
  result: CompileResult,
  outDir: string | undefined,
  { cwd, files }: Environment,
): BuildResult {
  const folder = path.resolve(cwd, outputFolder(input, outDir));
  const beside = result.dependencies.filter(
    (file) => file.endsWith(".safetensors") && path.dirname(path.resolve(cwd, file)) === folder,
  );
  const shared: { name: string; exportName: string; weightFile: string }[] = [];
  const kept = result.files.filter(({ content }) => {
    const name = typeof content === "string" ? undefined : sidecarModel(content);
    const model = result.models.find((candidate) => candidate.name === name);
    if (typeof content === "string" || model === undefined) return true;
    const file = beside.find((candidate) => {
      const bytes = readQuietly(path.resolve(cwd, candidate), files);
      return bytes !== undefined && importHash(bytes) !== undefined && holdsArrays(bytes, content);
    });
    if (file === undefined) return true;
    shared.push({
      name: model.name,
      exportName: model.exportName,
      weightFile: displayPath(cwd, path.resolve(cwd, file)),
    });
    return false;
  });
  return { ...result, files: kept, shared };
}
