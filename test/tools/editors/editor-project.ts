import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, onTestFinished } from "vitest";

/** What an editor has shown and done, as the scripts beside write it. */
export interface Shown {
  /** Lines from 1, and what is underlined. */
  readonly diagnostics: readonly { readonly line: number; readonly text: string; readonly message: string }[];
  readonly hover: string;
  /** Behind `Den`. */
  readonly completions: readonly string[];
  /** The two files when `Half` has become `Narrow`. */
  readonly renamed: string;
  readonly other: string;
  readonly formatted: string;
}

const main = `import { Half } from "./blocks.layers"

model M {
      input [8]
  Half( 16 )
  head: Dense(3,activation = softmax)
  Dence(2)
}
`;

const page = fs.readFileSync(new URL("../../../src/language-server/editors.md", import.meta.url), "utf8");

/** A block of the page: the first of a language behind a text. */
interface Place {
  readonly after: string;
  readonly language: string;
}

/**
 * Runs an editor in a project that has the packed package installed: with the config that a place of the page has, and with a
 * script of this folder, which writes what it finds to `shown.json`. `argv` are made from the paths of both. `others` are more
 * files of the page, by their paths beside the config.
 */
export function runEditor(
  editor: string,
  place: Place,
  script: string,
  argv: (config: string, script: string) => readonly string[],
  others: Readonly<Record<string, Place>> = {},
): Shown {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-editor-")));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.mkdirSync(path.join(folder, "node_modules/.bin"), { recursive: true });
  execFileSync("tar", ["-xzf", inject("packedLayerc"), "-C", path.join(folder, "node_modules")]);
  fs.renameSync(path.join(folder, "node_modules/package"), path.join(folder, "node_modules/layerc"));
  fs.symlinkSync("../layerc/dist/cli.js", path.join(folder, "node_modules/.bin/layerc"));
  fs.writeFileSync(path.join(folder, "package.json"), "{}");
  fs.writeFileSync(path.join(folder, "main.layers"), main);
  fs.writeFileSync(path.join(folder, "blocks.layers"), "/// Halves.\nblock Half(units) {\n  Dense(units / 2)\n}\n");
  const config = path.join(folder, `config.${place.language}`);
  fs.writeFileSync(config, fenced(place));
  for (const [name, other] of Object.entries(others)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), fenced(other));
  }
  const { status, error, stderr } = spawnSync(editor, argv(config, fileURLToPath(new URL(script, import.meta.url))), {
    cwd: folder,
    // The answer to whoever asks whether files may be edited.
    input: "y\n",
    encoding: "utf8",
    timeout: 600_000,
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder },
  });
  expect({ status, error }, stderr).toEqual({ status: 0, error: undefined });
  return JSON.parse(fs.readFileSync(path.join(folder, "shown.json"), "utf8")) as Shown;
}

function fenced({ after, language }: Place): string {
  const from = page.indexOf(after);
  const block = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page.slice(from));
  expect(from).toBeGreaterThan(0);
  return block?.[1] ?? "";
}

/** What every editor has to have shown and done. */
export function expectAll({ diagnostics, hover, completions, renamed, other, formatted }: Shown): void {
  expect(diagnostics).toEqual([
    { line: 7, text: "Dence", message: expect.stringContaining("There is no layer, block or model 'Dence'") },
  ]);
  expect(hover).toContain("head: Dense(3, activation=softmax)");
  expect(hover).toContain("- parameters: 27");
  expect(completions.length).toBeGreaterThan(0);
  for (const item of completions) expect(item).toMatch(/^Dense\b/);
  const right = main.replace("Dence", "Dense").replaceAll("Half", "Narrow");
  expect(renamed).toBe(right);
  expect(other).toBe("/// Halves.\nblock Narrow(units) {\n  Dense(units / 2)\n}\n");
  expect(formatted).toBe(
    right
      .replace("      input", "  input")
      .replace("( 16 )", "(16)")
      .replace("3,activation = softmax", "3, activation=softmax"),
  );
}
