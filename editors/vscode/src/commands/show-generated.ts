import type { EditorCommand } from "./editor-command.ts";

export const showGenerated: EditorCommand = {
  name: "layerc.showGenerated",
  run: async (target, { previews }) => target && previews.show(target.source),
};
