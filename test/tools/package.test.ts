import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a user of the package reads, of which every link has to lead somewhere. */
const userPages = [
  "README.md",
  "grammar/README.md",
  "src/targets/generated-modules.md",
  "src/cli/command-line.md",
  "src/config/README.md",
  "src/diagnostics/by-example.md",
  "src/library.md",
  "src/ir/numerics.md",
  "src/exporters/README.md",
];

test("the packed package works where it is installed", () => {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-package-"));
  onTestFinished(() => fs.rmSync(project, { recursive: true, force: true }));
  const run = (command: string, argv: readonly string[], cwd = project): string =>
    execFileSync(command, argv, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  // dist is built already; packing must not build it again under the other tests.
  const packed = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], root);
  const [archive] = JSON.parse(packed) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  const files = archive?.files.map((file) => file.path) ?? [];
  expect(files).toEqual(
    expect.arrayContaining(["LICENSE", "README.md", "package.json", "dist/cli.js", "dist/index.js"]),
  );
  // The pages, and what they show; no source.
  const others = files.filter((file) => !file.startsWith("dist/") && !/\.(md|layers|svg|png)$/.test(file));
  expect(others.sort()).toEqual(["LICENSE", "package.json"]);
  for (const page of userPages) {
    const text = fs.readFileSync(path.join(root, page), "utf8");
    const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
    const missing = links.filter((target) => {
      const file = path.normalize(path.join(path.dirname(page), target));
      return !files.some((packed) => packed === file || packed.startsWith(file));
    });
    expect(missing, page).toEqual([]);
  }

  // Installed by hand: the registry is not needed, and only what package.json calls a dependency is there.
  const modules = path.join(project, "node_modules");
  const installed = path.join(modules, "layerc");
  fs.mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", path.join(project, archive?.filename ?? ""), "--strip-components=1", "-C", installed]);
  const manifest = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(manifest.dependencies)) {
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }

  fs.writeFileSync(path.join(project, "package.json"), '{ "type": "module" }');
  fs.writeFileSync(path.join(project, "xor.layers"), "model Xor {\n  input [2]\n  Dense(3, activation=relu)\n}\n");
  expect(run(process.execPath, [path.join(installed, "dist/cli.js"), "build", "xor.layers"])).toMatch(
    /^xor\.layers -> xor\.ts/,
  );
  const built = fs.readFileSync(path.join(project, "xor.ts"), "utf8");

  fs.writeFileSync(
    path.join(project, "use.ts"),
    `import { readFileSync } from "node:fs";
import { compile, type CompileResult } from "layerc";
const text: string = readFileSync("xor.layers", "utf8");
const result: CompileResult = await compile({ path: "xor.layers", text });
process.stdout.write(String(result.files[0]?.content));
`,
  );
  const options = [
    "--strict",
    "--skipLibCheck",
    "false",
    "--target",
    "es2023",
    "--lib",
    "es2023,dom",
    "--module",
    "nodenext",
  ];
  const types = ["--typeRoots", path.join(root, "node_modules/@types"), "--types", "node"];
  run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), ...options, ...types, "use.ts", "xor.ts"]);
  expect(run(process.execPath, ["use.js"])).toBe(built);
});
