import type { CheckResult } from "../../stages/check-source.ts";
import { defineCommand } from "../arguments/command.ts";
import { checkFiles } from "../build/check-files.ts";
import { counted } from "../report/counted.ts";
import { stopped } from "../report/outcome.ts";

/** `layerc check`: says what is wrong with files and writes nothing. */
export const check = defineCommand({
  name: "check",
  description: "say what is wrong with model files",
  argument: { kind: "files" },
  options: {},
  readsConfig: true,
  async run(invocation, environment) {
    const checked = await checkFiles(invocation, environment);
    if (!checked.ok) return stopped(checked.outcome.problems, { files: [] });
    const { inputs, results, outcome } = checked;
    const models = results.reduce((sum, result) => sum + result.models.length, 0);
    const wrong = outcome.diagnostics.some(({ severity }) => severity === "error");
    const json = {
      files: inputs.map((input, index) => ({
        path: input.path,
        models: (results[index] as CheckResult).models.map((model) => model.name),
      })),
    };
    const text = wrong ? "" : `${counted(inputs.length, "file")}, ${counted(models, "model")}: no errors\n`;
    return { ...outcome, text, json };
  },
});
