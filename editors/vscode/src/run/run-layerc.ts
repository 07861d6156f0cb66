import type * as vscode from "vscode";
import { spawnLayerc } from "./spawn-layerc.ts";

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
    const child = spawnLayerc(cli, argv, cwd);
    let said = "";
    const take = (text: string): void => {
      said += text;
      write(text);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
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
