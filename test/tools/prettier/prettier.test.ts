import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { texts } from "../../format/mixed-texts.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Prettier as people have it: the folder of the package. */
const prettiers = [
  ["3.0.0", path.join(root, "test/tools/prettier/node_modules/prettier")],
  ["of today", path.join(root, "node_modules/prettier")],
] as const;

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project with the packed layerc, and Prettier if there is one. */
interface Project {
  readonly folder: string;
  layerc(argv: readonly string[], input?: string): Run;
  prettier(argv: readonly string[], input?: string): Run;
  /** The model files by their names. */
  models(): Readonly<Record<string, string>>;
}

/** The packed layerc, unpacked. */
let layerc: string;
beforeAll(() => {
  layerc = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-unpacked-"));
  execFileSync("tar", ["-xzf", inject("packedLayerc"), "--strip-components=1", "-C", layerc]);
});
afterAll(() => fs.rmSync(layerc, { recursive: true, force: true }));

function makeProject(files: Readonly<Record<string, string>>, prettier: string | undefined): Project {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-prettier-")));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  fs.mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  fs.symlinkSync(layerc, path.join(folder, "node_modules/layerc"));
  if (prettier !== undefined) fs.symlinkSync(prettier, path.join(folder, "node_modules/prettier"));
  const run = (script: string, argv: readonly string[], input = ""): Run => {
    const done = spawnSync(process.execPath, [path.join(folder, "node_modules", script), ...argv], {
      cwd: folder,
      encoding: "utf8",
      input,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    });
    return { exitCode: done.status, stdout: done.stdout, stderr: done.stderr };
  };
  return {
    folder,
    layerc: (argv, input) => run("layerc/dist/cli.js", argv, input),
    prettier: (argv, input) => run("prettier/bin/prettier.cjs", ["--plugin", "layerc/prettier", ...argv], input),
    models() {
      const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
      const own = names.filter((name) => name.endsWith(".layers") && !name.startsWith("node_modules"));
      return Object.fromEntries(own.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
    },
  };
}

const wide =
  'model  M { input [3]\n  Dense(64, activation=relu, kernel_regularizer=l2(0.001)) // 漢字🙂\n\n\n labels ["漢字", "🙂🙂", "é"] }';
const models = {
  ...Object.fromEntries(texts.map((text, at) => [`all/text-${at}.layers`, text])),
  "a.layers": wide,
  "in/b.layers": wide,
  "in/deep/c.layers": `\uFEFF${wide.replaceAll("\n", "\r\n")}`,
  "left/out.layers": wide,
};

/** What Prettier may be told, and in what. */
const configs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no config": {},
  "YAML, with overrides": {
    ".prettierrc":
      "# ours\nprintWidth: &w 40\noverrides:\n  - files: ['in/**/*.layers']\n    excludeFiles: 'in/deep/*'\n    options: { tabWidth: 7, trailingComma: none }\n",
  },
  "JSON in folders": { ".prettierrc.json": '{ "printWidth": 30 }', "in/deep/.prettierrc": '{ "useTabs": true }' },
  JSON5: { ".prettierrc.json5": "{ printWidth: 0x28, /* wide */ 'endOfLine': 'crlf', }" },
  TOML: {
    ".prettierrc.toml": 'printWidth = 40\nendOfLine = "auto"\n[[overrides]]\nfiles = "b.*"\noptions.useTabs = true\n',
  },
  "package.json": { "package.json": '{ "prettier": { "printWidth": 50, "tabWidth": 3 } }' },
  "a script": { "prettier.config.mjs": "export default { printWidth: 20 + 20, overrides: [] };" },
  "a script in CommonJS": { ".prettierrc.cjs": "module.exports = { printWidth: 20 + 25 };" },
  "a package": {
    "package.json": '{ "prettier": "shared-config" }',
    "node_modules/shared-config/package.json": '{ "main": "index.js" }',
    "node_modules/shared-config/index.js": "module.exports = { printWidth: 33 };",
  },
  ".editorconfig": {
    ".editorconfig":
      "root = true\n[*]\nindent_style = tab\nmax_line_length = 60\n[in/{b,x}.layers]\nindent_style = space\nindent_size = 5\nend_of_line = crlf\n[in/**/c.layers]\nmax_line_length = off\n",
    "in/deep/.editorconfig": "[*.layers]\ntab_width = 3\nindent_size = tab\n",
  },
  "both, and ignore files": {
    ".editorconfig": "[*.layers]\nindent_size = 4\nmax_line_length = 20\n",
    ".prettierrc": "printWidth: 60",
    ".prettierignore": "left\n!left/in.layers\n",
    ".gitignore": "in/d*/\n",
  },
};

describe.each(prettiers)("Prettier %s", (version, prettier) => {
  const few = ["YAML, with overrides", ".editorconfig", "both, and ignore files"];
  const tried = Object.entries(configs).filter(([name]) => version !== "3.0.0" || few.includes(name));
  test.each(tried)("%s: prettier and layerc format give the same bytes", (_, config) => {
    const files = { ...models, ...config };
    const [written, formatted, alone] = [
      makeProject(files, prettier),
      makeProject(files, prettier),
      makeProject(files, undefined),
    ];
    expect(written.prettier(["--write", "**/*.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(written.models()["a.layers"]).not.toBe(wide);
    // Each is content with what the other has written.
    expect(written.layerc(["format", "--check", "**/*.layers"])).toMatchObject({ exitCode: 0, stdout: "" });
    expect(formatted.layerc(["format", "**/*.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(formatted.models()).toEqual(written.models());
    // Without Prettier in the project it is that of layerc, which is of today.
    if (version === "3.0.0") return;
    expect(alone.layerc(["format", "**/*.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(alone.models()).toEqual(written.models());
  });

  test("what is to be formatted is found, nothing is left to format, and a text may be piped", () => {
    const files = { ...models, ...configs["both, and ignore files"] };
    const project = makeProject(files, prettier);
    expect(project.prettier(["--check", "**/*.layers"]).exitCode).toBe(1);
    expect(project.layerc(["format", "--check", "**/*.layers"]).exitCode).toBe(1);
    expect(project.prettier(["--write", "**/*.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.prettier(["--debug-check", "**/*.layers"]).exitCode).toBe(0);
    const piped = project.layerc(["format", "--stdin-filepath", "in/b.layers"], wide);
    expect(piped).toEqual(project.prettier(["--stdin-filepath", "in/b.layers"], wide));
  });

  test("a file with errors of syntax is refused, in the compiler's words", () => {
    const project = makeProject(
      { "wrong.layers": "model M {\n  input [3]\n  Dense(3\n}\n", "right.layers": wide },
      prettier,
    );
    const { exitCode, stderr } = project.prettier(["--write", "*.layers"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/wrong\.layers: SyntaxError: Expected '\)' here[^\n]* \(3:10\)\n[^]*> 3 \|   Dense\(3\n/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(project.models()["right.layers"]).not.toBe(wide);
  });
});

test("the plugin is the one of the configs, and formats models in Markdown", () => {
  const [, today] = prettiers[1];
  const project = makeProject(
    { ".prettierrc": '{ "plugins": ["layerc/prettier"] }', "a.layers": wide, "a.md": "```layers\ndim   time\n```\n" },
    today,
  );
  const bin = path.join(project.folder, "node_modules/prettier/bin/prettier.cjs");
  execFileSync(process.execPath, [bin, "--write", "."], { cwd: project.folder });
  expect(fs.readFileSync(path.join(project.folder, "a.md"), "utf8")).toBe("```layers\ndim time\n```\n");
  expect(project.layerc(["format", "--check", "a.layers"])).toMatchObject({ exitCode: 0, stdout: "" });
});
