import { ApplyWorkspaceEditRequest } from "vscode-languageserver";
import type { ServerCommand } from "./define-command.ts";

/** `layerc.applyEdit`: what a code action does in clients that take only commands. */
export const applyEdit: ServerCommand = {
  name: "layerc.applyEdit",
  run: ({ edit }, { connection }) => connection.sendRequest(ApplyWorkspaceEditRequest.method, { edit }),
};
