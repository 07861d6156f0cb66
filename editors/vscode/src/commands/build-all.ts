import { chooseFolder } from "../run/choose-folder.ts";
import { reportRun } from "../run/report-run.ts";
import type { EditorCommand } from "./editor-command.ts";

/** `layerc build` without a name: all files that the config includes. */
export const buildAll: EditorCommand = {
  name: "layerc.buildAll",
  async run(target, parts) {
    const folder = await chooseFolder(target?.source);
    if (folder === undefined) return;
    await reportRun(["build"], folder.uri.fsPath, parts);
  },
};
