import { errorLine } from "./child-script.ts";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that answers each line with one, beginning with one of the words of the protocol in `serve/serve.ts`. */
export interface LineProcess {
  /** Sends a line and waits for its answer. Throws when that is `error ...`, when the process ends, and after `seconds`. */
  ask(line: string, seconds?: number): Promise<string>;
  end(): void;
}

/** Starts a process. What it writes to stderr is kept for the message when it dies. */
export function startProcess(command: readonly string[]): LineProcess {
  const [program = "", ...rest] = command;
  const child = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"] });
  let waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void } | undefined;
  let dead: Error | undefined;
  let stderr = "";
  const die = (error: Error): void => {
    dead ??= error;
    waiting?.reject(dead);
  };
  child.stderr.on("data", (data: Buffer) => {
    stderr = (stderr + data.toString()).slice(-2000);
  });
  child.stdin.on("error", () => undefined);
  child.on("error", die);
  child.on("close", (code, signal) => {
    die(new Error(`its process ended (${code ?? signal}): ${errorLine(stderr)}`));
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (/^(ready|ns|error|result)\b/.test(line)) waiting?.resolve(line);
  });

  return {
    async ask(line, seconds = 120) {
      if (dead !== undefined) throw dead;
      let timer: NodeJS.Timeout | undefined;
      const answer = await new Promise<string>((resolve, reject) => {
        waiting = { resolve, reject };
        timer = setTimeout(() => reject(new Error(`no answer in ${seconds} s`)), seconds * 1000);
        child.stdin.write(`${line}\n`);
      }).finally(() => {
        waiting = undefined;
        clearTimeout(timer);
      });
      const [kind = "", ...words] = answer.split(" ");
      if (kind === "error") throw new Error(words.join(" "));
      return words.join(" ");
    },
    end() {
      child.kill("SIGKILL");
    },
  };
}
