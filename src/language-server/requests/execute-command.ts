import { ExecuteCommandRequest, type ExecuteCommandParams } from "vscode-languageserver";
import { isObject } from "../../json/is-object.ts";
import { commands } from "../commands/index.ts";
import { Refusal } from "../guard.ts";
import type { Request } from "./define-request.ts";

/** `workspace/executeCommand` */
export const executeCommand: Request = {
  method: ExecuteCommandRequest.type.method,
  provides: () => ({ executeCommandProvider: { commands: commands.map(({ name }) => name), workDoneProgress: true } }),
  async answer(params, session, token) {
    const { command: name, arguments: all, workDoneToken } = (params ?? {}) as Partial<ExecuteCommandParams>;
    const given: unknown = Array.isArray(all) ? all[0] : undefined;
    const command = commands.find((one) => one.name === name);
    if (command === undefined) throw new Refusal(`there is no command '${name ?? ""}'`);
    const progress = session.connection.window.attachWorkDoneProgress(workDoneToken ?? undefined);
    progress.begin(command.name);
    try {
      return await command.run(isObject(given) ? given : { uri: given }, session, token);
    } finally {
      progress.done();
    }
  },
};
