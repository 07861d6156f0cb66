import { defineCommand } from "../arguments/command.ts";
import type { Parser } from "../arguments/option.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { stopped } from "../report/outcome.ts";
import type { Transport } from "../../node/transport.ts";

const port: Parser<number> = {
  read(text) {
    const value = Number(text);
    return Number.isInteger(value) && value > 0 && value < 65_536 ? value : undefined;
  },
  expected: "the number of a port",
};

/** `layerc language-server`: what editors start. */
export const languageServer = defineCommand({
  name: "language-server",
  description: "serve an editor, which starts it: errors while typing, completion, shapes, renaming, formatting",
  argument: { kind: "none" },
  alsoTried: ["lsp", "lang-server", "languageserver"],
  options: {
    stdio: {
      flag: "--stdio",
      description: "talk to the editor by standard input and output",
      conflicts: ["nodeIpc", "socket", "pipe"],
    },
    nodeIpc: {
      flag: "--node-ipc",
      description: "talk to the Node process that has started it",
      conflicts: ["socket", "pipe"],
    },
    socket: {
      flag: "--socket <port>",
      description: "talk to the editor that listens on a port of this machine",
      parser: port,
      conflicts: ["pipe"],
    },
    pipe: { flag: "--pipe <name>", description: "talk to the editor that listens on a named pipe" },
    clientProcessId: { flag: "--clientProcessId <id>", description: "end with this process" },
  },
  answers: true,
  readsConfig: false,
  async run({ stdio, nodeIpc, socket, pipe }, { serveEditor }) {
    const transport = chosen({ stdio, nodeIpc, socket, pipe });
    if (transport === undefined) {
      const message = "Nothing says how to talk to the editor";
      return stopped([wrongUsage(undefined, { message, help: "editors start layerc language-server --stdio" })], {});
    }
    if (serveEditor === undefined) throw new Error("no process to serve an editor from");
    return serveEditor(transport);
  },
});

interface Chosen {
  readonly stdio: boolean | undefined;
  readonly nodeIpc: boolean | undefined;
  readonly socket: number | undefined;
  readonly pipe: string | undefined;
}

function chosen({ stdio, nodeIpc, socket, pipe }: Chosen): Transport | undefined {
  if (stdio === true) return { kind: "stdio" };
  if (nodeIpc === true) return { kind: "node-ipc" };
  if (socket !== undefined) return { kind: "socket", port: socket };
  return pipe === undefined ? undefined : { kind: "pipe", name: pipe };
}
