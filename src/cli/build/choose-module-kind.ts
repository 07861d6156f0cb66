import path from "node:path";
import { optionDefaults } from "../../config/options/values.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import { outputFolder } from "../../node/outputs.ts";
import { packageTypeOf } from "../../node/package-type.ts";
import { displayPath } from "../../node/paths.ts";
import type { ModuleKind } from "../../targets/module-kinds.ts";
import { chosenOptions, type GivenOptions } from "../arguments/build-options.ts";

/** The kind of module that a model file becomes. */
export interface ChosenModuleKind {
  readonly emit: ModuleKind;
  /** Why it is not what was asked for, or the default. */
  readonly because?: {
    /** As in `displayPath`. */
    readonly manifest: string;
    readonly instead: "ts" | "js";
  };
}

/**
 * What is asked for, unless Node is certain to refuse it where the output lies: in a package that says that it is
 * CommonJS, an ES module has to end in `.mts` or `.mjs`. A `.ts` that was asked for may be meant for another tool.
 */
export function chooseModuleKind(
  input: Input,
  given: GivenOptions,
  { cwd, files }: Pick<Environment, "cwd" | "files">,
): ChosenModuleKind {
  const chosen = chosenOptions(given, input.path, cwd).emit;
  const emit = chosen ?? optionDefaults.emit;
  const instead = chosen === undefined || chosen === "js" ? emit : undefined;
  if (instead !== "ts" && instead !== "js") return { emit };
  const found = packageTypeOf(path.resolve(cwd, outputFolder(input, given.outDir)), files);
  if (found?.type !== "commonjs") return { emit };
  return {
    emit: instead === "ts" ? "mts" : "mjs",
    because: { manifest: displayPath(cwd, found.manifest), instead },
  };
}

/** A line for each reason, and each package that gives it. */
export function moduleKindLines(chosen: readonly ChosenModuleKind[]): string {
  const lines = chosen.flatMap(({ emit, because }) => {
    if (because === undefined) return [];
    const { manifest, instead } = because;
    const otherwise =
      instead === "ts"
        ? "which tsc compiles and Node runs from 22.18 on; --emit cjs or mjs for JavaScript, --emit ts for .ts"
        : "--emit cjs for CommonJS";
    return [
      `${visibleText(manifest)} has "type": "commonjs", where Node takes no ES module that ends in .${instead}: ` +
        `written as .${emit} (${otherwise})\n`,
    ];
  });
  return [...new Set(lines)].join("");
}
