import type { EditorCommand } from "./editor-command.ts";

export const restartServer: EditorCommand = {
  name: "layerc.restartServer",
  run: (_, { client }) => client.restart(),
};
