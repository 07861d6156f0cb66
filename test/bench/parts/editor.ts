import { spawnSync } from "node:child_process";
import path from "node:path";
import { childScript, errorLine } from "../child-script.ts";
import { runCli } from "../cli-process.ts";
import { editorFiles } from "../editor/editor-files.ts";
import { firstDiagnostics } from "../editor/first-diagnostics.ts";
import { questions, type Latency, type Question } from "../editor/latency.ts";
import { median, table, threeDigits } from "../table.ts";
import type { Part } from "./part.ts";

export interface EditorData {
  readonly files: readonly {
    readonly title: string;
    /** Milliseconds of processor time of a whole check. */
    readonly check: number;
    /** Medians of what questions take, beside the check right before. */
    readonly ratios: Readonly<Record<Question, number>>;
  }[];
  /** Bytes of heap after that many edits. */
  readonly memory: readonly { readonly edits: number; readonly bytes: number }[];
  /** Milliseconds, of processes: a check of digits.layers, and a server until its diagnostics are there. */
  readonly start: { readonly check: number; readonly server: number; readonly ratio: number };
}

const rounds = 60;

/** What editors wait for, beside whole checks. */
export const editorPart: Part<EditorData> = {
  name: "editor",
  title: "Editors",
  async run() {
    return { files: latencies(), memory: memoryOfEdits(), start: await starts() };
  },
  markdown: ({ files, memory, start }) =>
    [
      "A file of 1,000 Dense layers is held open. How long it takes from one character more or less to the diagnostics and all inlay " +
        `hints (a tenth of ten edits in a row), to a hover and to a completion, beside \`check()\` of the same text, processor time, medians of ${rounds} pairs:`,
      table(
        ["", "check", "edit", "hover", "completion"],
        files.map(({ title, check: whole, ratios }) => [
          title,
          `${threeDigits(whole)} ms`,
          ...questions.map((question) => ratios[question].toFixed(3)),
        ]),
      ),
      `The heap ${memory.map(({ edits, bytes }) => `after ${edits.toLocaleString("en-US")} edits: ${threeDigits(bytes / 1e6)} MB`).join("; ")}.`,
      `\`layerc language-server --stdio\` has answered \`initialize\` and told the diagnostics of digits.layers ${threeDigits(start.ratio)} times ` +
        `as long after its start as \`layerc check\` of it takes: ${start.server.toFixed(0)} ms and ${start.check.toFixed(0)} ms, medians of 10 pairs.`,
    ].join("\n\n"),
};

function latencies(): EditorData["files"] {
  console.error("editor: questions ...");
  return resultsOf("latency", `${rounds}`).map(([index, json]) => {
    const all = JSON.parse(json as string) as readonly Latency[];
    const ratio = (question: Question): number => median(all.map((each) => each[question] / each.check));
    return {
      title: editorFiles[Number(index)]?.title ?? "",
      check: median(all.map((each) => each.check)),
      ratios: { edit: ratio("edit"), hover: ratio("hover"), completion: ratio("completion") },
    };
  });
}

function memoryOfEdits(): EditorData["memory"] {
  console.error("editor: 10,000 edits ...");
  return resultsOf("edits", "100", "10000").map(([edits, bytes]) => ({ edits: Number(edits), bytes: Number(bytes) }));
}

/** The words of the lines `result ...` that a script prints. */
function resultsOf(name: string, ...options: readonly string[]): readonly (readonly string[])[] {
  const [program = "", ...script] = childScript(name, ...options);
  const { stdout, stderr } = spawnSync(program, ["--expose-gc", ...script], { encoding: "utf8", timeout: 600_000 });
  const found = [...stdout.matchAll(/^result (\S+) (\S+)$/gm)];
  if (found.length === 0) throw new Error(errorLine(stderr));
  return found.map(([, ...words]) => words);
}

/** Processes in turn, so that what else the machine does meets both. */
async function starts(): Promise<EditorData["start"]> {
  console.error("editor: starts ...");
  const folder = path.join(process.cwd(), "examples");
  const [checks, servers]: [number[], number[]] = [[], []];
  for (let run = 0; run < 11; run++) {
    const whole = runCli(folder, ["check", "digits.layers"]).seconds * 1000;
    const server = await firstDiagnostics(path.join(folder, "digits.layers"));
    // The first one finds nothing in the system's cache.
    if (run === 0) continue;
    checks.push(whole);
    servers.push(server);
  }
  return {
    check: median(checks),
    server: median(servers),
    ratio: median(servers.map((time, run) => time / (checks[run] as number))),
  };
}
