import path from "node:path";
import { sidecarModel } from "../../weights/sidecar-mark.ts";
import { sidecarName } from "../../weights/sidecar.ts";
import type { FileSystem } from "../../node/file-system.ts";
import type { BuildResult } from "./build-result.ts";
import type { Input } from "../../node/inputs.ts";
import { outputFolder } from "../../node/outputs.ts";
import { displayPath } from "../../node/paths.ts";
import { readQuietly } from "../../node/read-quietly.ts";

/** A weight file of an earlier build with `--weights file`. */
export interface LeftSidecar {
  /** As in `displayPath`. */
  readonly path: string;
  readonly model: string;
  /** The file that has the weights; absent where the module has. */
  readonly instead?: string;
}

/**
 * Weight files beside outputs that this build has no use for, because their models' weights are elsewhere now. A file
 * of other origin is none, nor is one that this build read.
 */
export function findLeftSidecars(
  built: readonly { readonly input: Input; readonly result: BuildResult }[],
  options: { readonly outDir: string | undefined; readonly cwd: string; readonly files: FileSystem },
): readonly LeftSidecar[] {
  const { outDir, cwd, files } = options;
  const read = new Set(built.flatMap(({ result }) => result.dependencies));
  return built.flatMap(({ input, result }) =>
    usersOf(result).flatMap((model) => {
      const file = displayPath(cwd, path.join(outputFolder(input, outDir), sidecarName(model)));
      // What can't be read is none: nothing was to be written there, so it is no failure of the build.
      const content = read.has(file) ? undefined : readQuietly(path.resolve(cwd, file), files);
      const left = content !== undefined && sidecarModel(content) === model.name;
      return left
        ? [{ path: file, model: model.name, ...(model.weightFile === undefined ? {} : { instead: model.weightFile }) }]
        : [];
    }),
  );
}

/** The models whose weights are in the module, or in a file that lay beside it. */
function usersOf({
  inlined,
  shared,
}: BuildResult): readonly (BuildResult["inlined"][number] & { readonly weightFile?: string })[] {
  return [...inlined, ...shared];
}
