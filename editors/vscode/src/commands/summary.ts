import type { EditorCommand } from "./editor-command.ts";

export const summary: EditorCommand = {
  name: "layerc.summary",
  run: async (target, { summaries }) => target && summaries.show(target.source),
};
