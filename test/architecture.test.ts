import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { version } from "../src/version.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface SourceFile {
  /** `src/check/check-program.ts` */
  readonly name: string;
  readonly text: string;
  /** Its row in the table of src/README.md. */
  readonly folder: string;
}

const files: readonly SourceFile[] = ["grammar", "src"].flatMap((base) =>
  readdirSync(root + base, { recursive: true, encoding: "utf8" })
    .map((name) => `${base}/${name.replaceAll("\\", "/")}`)
    // Generated from the parser.
    .filter((name) => name.endsWith(".ts") && name !== "grammar/cst.d.ts")
    .map((name) => ({ name, text: readFileSync(root + name, "utf8"), folder: folderOf(name) })),
);

/** The rows of the table in src/README.md, in order. */
const order = [...readFileSync(`${root}src/README.md`, "utf8").matchAll(/^\| `([^`]+)` \|/gm)].map(
  (match) => match[1] as string,
);

function folderOf(name: string): string {
  const [base, folder = ""] = name.split("/");
  return base === "grammar" ? "grammar" : folder;
}

/** What a file imports, statically or not, types included. */
function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^(?:import|export)\b[^"';]*?from\s*|^import\s*|\bimport\()"([^"\n]+)"/gm)].map(
    (match) => match[1] as string,
  );
}

describe("the source", () => {
  test("the table of src/README.md lists every folder once", () => {
    expect(order.toSorted()).toEqual([...new Set(files.map(({ folder }) => folder))].toSorted());
  });

  test("a folder imports only from those above it in the table", () => {
    const wrong = files.flatMap(({ name, text, folder }) =>
      importsOf(text)
        .filter((target) => target.startsWith("."))
        .map((target) => folderOf(path.posix.join(path.posix.dirname(name), target)))
        .filter((target) => order.indexOf(target) > order.indexOf(folder))
        .map((target) => `${name} imports from ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("files import one another in no circle, types included, but where the language itself goes in one", () => {
    // An expression may name a let, whose value is an expression; a block that a statement calls is a body of statements.
    const recursion = ["src/check/evaluate.ts src/check/lets.ts", "src/check/expand-statement.ts src/check/expand.ts"];
    expect(importCircles()).toEqual(recursion);
  });

  test("Node's modules are used in the command line, the plugin and Node's side of the language server only", () => {
    const mayUse = ["node", "cli", "unplugin", "language-server/node"];
    const isElsewhere = (name: string): boolean => !mayUse.some((folder) => name.startsWith(`src/${folder}/`));
    const wrong = files.filter(({ name, text }) => isElsewhere(name) && importsOf(text).some(isOfNode));
    expect(wrong.map(({ name }) => name)).toEqual([]);
    // The test can fail: these do import them.
    expect(files.filter(({ text }) => importsOf(text).some(isOfNode)).length).toBeGreaterThan(0);
  });

  test("every package that is imported is in package.json", () => {
    const { dependencies, devDependencies } = manifest();
    const packages = files
      .flatMap(({ text }) => importsOf(text))
      .filter((target) => !target.startsWith(".") && !isOfNode(target))
      .map((target) => target.split("/", target.startsWith("@") ? 2 : 1).join("/"));
    expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual(
      expect.arrayContaining([...new Set(packages)]),
    );
  });

  test("exports are named, but for those of the plugins, which have a default as well", () => {
    const withDefault = files.filter(({ text }) => /^export (?:default\b|\{[^}]*\bas default\b)/m.test(text));
    const bundlers = ["esbuild", "rolldown", "rollup", "rspack", "vite", "webpack"];
    const plugins = ["src/format/prettier-plugin.ts", ...bundlers.map((one) => `src/unplugin/${one}.ts`)];
    expect(withDefault.map(({ name }) => name).toSorted()).toEqual(plugins);
  });

  test("files are kebab-case", () => {
    const wrong = files.filter(({ name }) => !/^[a-z0-9/-]+(\.d)?\.ts$/.test(name));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("files are short: none above 300 lines, half of them below 100", () => {
    const lengths = files.map(({ name, text }) => ({ name, lines: text.split("\n").length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThan(100);
  });

  test("the command line lies in folders: at most 15 files beside them", () => {
    const flat = files.filter(({ name }) => /^src\/cli\/[^/]+$/.test(name)).map(({ name }) => name);
    expect(flat).toContain("src/cli/main.ts");
    expect(flat.length).toBeLessThanOrEqual(15);
  });

  test("targets are known by name in their own folder, and in few other files", () => {
    const naming = files.filter(({ name, text }) => !name.startsWith("src/targets/") && text.includes('"wasm"'));
    expect(naming.length).toBeLessThanOrEqual(4);
  });

  test("nothing is left to do", () => {
    const wrong = files.filter(({ text }) => /\b(?:TODO|FIXME|XXX)\b/.test(text));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

test("version.ts has the version of package.json", () => {
  expect(version).toBe(manifest().version);
});

/**
 * The files that reach themselves through their imports: the strongly connected components of more than one file (by
 * Tarjan's algorithm), each as the names of its files.
 */
function importCircles(): readonly string[] {
  const imports = new Map(
    files.map(({ name, text }) => [
      name,
      importsOf(text)
        .filter((target) => target.startsWith("."))
        .map((target) => path.posix.join(path.posix.dirname(name), target)),
    ]),
  );
  const circles: string[] = [];
  const order = new Map<string, number>();
  const earliest = new Map<string, number>();
  const open: string[] = [];
  const visit = (name: string): number => {
    let reached = order.size;
    order.set(name, reached);
    earliest.set(name, reached);
    open.push(name);
    for (const target of imports.get(name) ?? []) {
      if (!order.has(target)) reached = Math.min(reached, visit(target));
      else if (open.includes(target)) reached = Math.min(reached, earliest.get(target) ?? reached);
    }
    earliest.set(name, reached);
    if (reached === order.get(name)) {
      const circle = open.splice(open.indexOf(name));
      if (circle.length > 1) circles.push(circle.toSorted().join(" "));
    }
    return reached;
  };
  for (const { name } of files) if (!order.has(name)) visit(name);
  return circles.toSorted();
}

function isOfNode(target: string): boolean {
  return target.startsWith("node:");
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(`${root}package.json`, "utf8")) as Manifest;
}
