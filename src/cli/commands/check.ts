import { defineCommand } from "../arguments/command.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { checkFiles } from "../build/check-files.ts";
import { checkStdin } from "../build/check-stdin.ts";
import { fixFiles, fixLines } from "../build/fix-files.ts";
import { counted } from "../../diagnostics/counted.ts";
import { stopped } from "../report/outcome.ts";

const more = "layerc check --help says more";

/** `layerc check`: says what is wrong with files, and writes nothing but, with `--fix`, the files mended. */
export const check = defineCommand({
  name: "check",
  description: "say what is wrong with model files; '-' reads standard input",
  argument: { kind: "files" },
  options: {
    fix: { flag: "--fix", description: "apply the fixes and write the files, as long as that leaves no more errors" },
    stdinFile: {
      flag: "--stdin-file <name>",
      description: "what '-' is called, and where its imports are looked for (default: <stdin>)",
    },
  },
  readsConfig: true,
  async run(invocation, environment) {
    const { files: given, fix = false, stdinFile } = invocation;
    const isStdin = given.includes("-");
    const wrong = wrongCombination(given, fix, stdinFile);
    if (wrong !== undefined) {
      return stopped([wrongUsage(undefined, { message: wrong, help: more })], { files: [] });
    }
    const read = () => (isStdin ? checkStdin(stdinFile, environment) : checkFiles(invocation, environment));
    let found = await read();
    if (!found.ok) return stopped(found.outcome.problems, { files: [] });
    const fixed = fix ? await fixFiles(found.checked, environment) : undefined;
    if (fixed?.problem !== undefined) return stopped([fixed.problem], { files: [] });
    if (fixed !== undefined && fixed.files.length > 0) found = await read();
    if (!found.ok) return stopped(found.outcome.problems, { files: [] });

    const { checked, outcome } = found;
    const models = checked.reduce((sum, { result }) => sum + result.models.length, 0);
    const isWrong = outcome.diagnostics.some(({ severity }) => severity === "error");
    const files = checked.map(({ input, result }) => ({
      path: input.path,
      models: result.models.map((model) => model.name),
    }));
    const verdict = isWrong ? "" : `${counted(files.length, "file")}, ${counted(models, "model")}: no errors\n`;
    if (fixed === undefined) return { ...outcome, text: verdict, json: { files } };
    const fixes = fixed.files.map(({ path, rounds, applied, errors }) => ({ path, rounds, errors, applied }));
    return { ...outcome, text: fixLines(fixed) + verdict, json: { files, fixes } };
  },
});

function wrongCombination(files: readonly string[], fix: boolean, stdinFile: string | undefined): string | undefined {
  if (!files.includes("-")) {
    return stdinFile === undefined ? undefined : "--stdin-file names what '-' reads, and no '-' is given";
  }
  if (files.length > 1) return "'-' reads standard input and can't go together with files";
  return fix ? "--fix writes files, and '-' is none" : undefined;
}
