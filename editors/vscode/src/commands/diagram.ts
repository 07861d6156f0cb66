import type { EditorCommand } from "./editor-command.ts";

export const diagram: EditorCommand = {
  name: "layerc.diagram",
  run: async (target, { diagrams }) => target && diagrams.show(target.source),
};
