import { spawn } from "node:child_process";
import type * as vscode from "vscode";

export type Ended =
  { readonly kind: "ended"; readonly code: number; readonly said: string } | { readonly kind: "cancelled" };

/** Runs a command line of layerc in the Node of the editor, and hands on what it writes. */
export function runLayerc(
  cli: string,
  argv: readonly string[],
  cwd: string,
  write: (text: string) => void,
  token: vscode.CancellationToken,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...argv], {
      cwd,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const take = (text: string): void => {
      said += text;
      write(text);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    token.onCancellationRequested(() => child.kill());
    child.on("error", ({ message }) => {
      take(message);
      resolve({ kind: "ended", code: 1, said });
    });
    child.on("close", (code) => {
      resolve(token.isCancellationRequested ? { kind: "cancelled" } : { kind: "ended", code: code ?? 1, said });
    });
  });
}
