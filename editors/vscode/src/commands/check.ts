import { chooseFolder } from "../run/choose-folder.ts";
import { reportRun } from "../run/report-run.ts";
import type { EditorCommand } from "./editor-command.ts";

/** `layerc check` of all model files of a folder, those too that are not open. */
export const check: EditorCommand = {
  name: "layerc.check",
  async run(target, parts) {
    const folder = await chooseFolder(target?.source);
    if (folder === undefined) return;
    await reportRun(["check", "**/*.layers"], folder.uri.fsPath, parts);
  },
};
