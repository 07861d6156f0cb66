import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { run } from "../../src/cli/run.ts";
import { makeSandbox } from "../cli/sandbox.ts";

const compiler = await import("../../src/compile.ts");

/** A watch of a folder. */
export interface Watch {
  readonly folder: string;
  /** What was printed up to the beginning of the watch. */
  readonly begun: string;
  write(name: string, content: string | Uint8Array): void;
  read(name: string): string | undefined;
  /** Waits until that was printed since the last time; answers all that was printed meanwhile. */
  said(pattern: RegExp): Promise<string>;
  /** What was printed since the last time, after long enough for a rebuild. */
  silence(): Promise<string>;
  stop(): Promise<number>;
}

/** Runs `layerc build --watch` in this process, in a folder with these files, until the test ends. */
export async function startWatch(
  files: Readonly<Record<string, string | Uint8Array>>,
  argv: readonly string[] = ["**/*.layers"],
  begin = /watching \d+ model files?, Ctrl-C ends\n/,
  prepare: (folder: string) => void = () => undefined,
): Promise<Watch> {
  const { folder } = makeSandbox(files);
  prepare(folder);
  const controller = new AbortController();
  let printed = "";
  const stream = { write: (text: string) => void (printed += text), isTerminal: false };
  const ended = run(["build", "--watch", ...argv], "1.2.3", {
    cwd: folder,
    variables: {},
    stdout: stream,
    stderr: stream,
    files: nodeFileSystem,
    stopSignal: () => controller.signal,
    loadCompiler: async () => compiler,
  });
  onTestFinished(async () => {
    controller.abort();
    // It may be writing; the folder goes after it.
    await ended;
  });
  const take = (): string => {
    const text = printed;
    printed = "";
    return text.replaceAll(/^\d\d:\d\d:\d\d /gm, "").replaceAll(/  \d+ ms$/gm, "");
  };
  const watch: Omit<Watch, "begun"> = {
    folder,
    write(name, content) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), content);
    },
    read: (name) =>
      fs.existsSync(path.join(folder, name)) ? fs.readFileSync(path.join(folder, name), "utf8") : undefined,
    async said(pattern) {
      await expect.poll(() => printed).toMatch(pattern);
      // What follows in the same moment belongs to it.
      await setTimeout(50);
      return take();
    },
    async silence() {
      await setTimeout(600);
      return take();
    },
    async stop() {
      controller.abort();
      return ended;
    },
  };
  const begun = await watch.said(begin);
  return { ...watch, begun };
}
