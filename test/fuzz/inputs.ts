import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { configScript } from "./config-scripts.ts";
import { grammarText } from "./grammar-text.ts";
import { mutateArchive } from "./mutate-archive.ts";
import { mutateBytes, mutateText, mutateValues } from "./mutate.ts";
import { randomOf, type Random } from "./random.ts";
import { stackText } from "./stack-text.ts";

/** Files and a command line that are given to layerc. */
export interface FuzzInput {
  readonly kind: string;
  readonly argv: readonly string[];
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Changes the body of a cache entry that a first run of the command line has left; a second one follows. */
  readonly forge?: (body: string) => string;
  /** The seed of the samples that its models are run on; absent where that is not done. */
  readonly probe?: number;
}

const largest = 40_000;

/** Fixtures and examples by how their names end, none of them large: a changed byte is more likely to matter. */
const corpus = ((): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const folder of ["test/fixtures", "examples"]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const file = path.join(folder, name);
      const ending = path.basename(name) === "model.json" ? "model.json" : path.extname(name);
      if (/node_modules/.test(name) || !statSync(file).isFile() || statSync(file).size > largest) continue;
      found.set(ending, [...(found.get(ending) ?? []), file]);
    }
  }
  return found;
})();

const ofEnding = (ending: string): readonly string[] => corpus.get(ending) ?? [];

/** A file as it is, and what lies beside it. */
function withNeighbours(file: string): Record<string, Uint8Array> {
  const folder = path.dirname(file);
  const names = readdirSync(folder).filter((name) => {
    const stats = statSync(path.join(folder, name));
    return stats.isFile() && stats.size <= largest && !/\.(?:md|ts)$/.test(name);
  });
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name))]));
}

function modelFile(ending: string): (random: Random) => FuzzInput {
  return (random) => {
    const file = random.pick(ofEnding(ending));
    const name = path.basename(file);
    const files = withNeighbours(file);
    const isText = name.endsWith("json");
    const content = files[name] as Uint8Array;
    const inside = name.endsWith(".keras") && random.chance(0.6) ? mutateArchive(content, random) : undefined;
    const changed =
      inside ??
      (isText && random.chance(0.7)
        ? new TextEncoder().encode(
            random.pick([mutateText, mutateValues, mutateValues])(new TextDecoder().decode(content), random),
          )
        : mutateBytes(content, random));
    const command = random.pick(["import", "build", "check"]);
    return {
      kind: ending,
      argv: [command, name, ...(command === "import" ? ["--name", "Net"] : ["--no-config"])],
      files: { ...files, [name]: changed },
    };
  };
}

function weightFile(ending: string): (random: Random) => FuzzInput {
  return (random) => {
    const file = random.pick(ofEnding(ending));
    const sound = readFileSync(file);
    const isArchive = [".keras", ".npz", ".pt"].includes(ending);
    const inside = isArchive && random.chance(0.6) ? mutateArchive(sound, random) : undefined;
    const content = inside ?? mutateBytes(sound, random);
    const source = `model M { weights "./w${ending}" input [4] Dense(3, activation=relu) Dense(2) }`;
    return {
      kind: `weights ${ending}`,
      argv: ["check", "m.layers", "--no-config"],
      files: { "m.layers": source, [`w${ending}`]: content },
    };
  };
}

const sourceOf = (random: Random): string =>
  random.chance(0.5)
    ? grammarText(random, 20 + random.int(150))
    : mutateText(readFileSync(random.pick(ofEnding(".layers")), "utf8").slice(0, 6000), random);

function source(random: Random): FuzzInput {
  const files = {
    "m.layers": random.chance(0.7) ? sourceOf(random) : mutateText(sourceOf(random), random),
    "b.layers": sourceOf(random),
  };
  const command = random.pick([
    ["check"],
    ["check"],
    ["build", "--unroll", "auto"],
    ["build", "--target", "wasm"],
    ["summary"],
    ["check", "--fix"],
    ["build", "--emit", "js"],
  ]);
  return { kind: "source", argv: [...command, "m.layers", "--no-config"], files };
}

/** A source that is sound but for what is changed in a third of them. */
function stack(random: Random): FuzzInput {
  const text = stackText(random);
  return {
    kind: "stack",
    argv: ["check", "m.layers", "--no-config"],
    files: { "m.layers": random.chance(0.3) ? mutateText(text, random) : text },
  };
}

const casesOf: readonly (readonly [source: string, cases: string])[] = [
  [
    "model M { input [2] dense: Dense(3, activation=relu) Dense(1) }",
    '{"inputs":[[1,2]],"outputs":[[1]],"layers":{"dense":[[1,2,3]]}}',
  ],
  ["model M { input [2] Rescaling(2, offset=1) }", '{"inputs":[[1,2],[0.5,-3]],"outputs":[[3,5],[2,-5]]}'],
];

const scripts = readdirSync("test/importers/python").filter((name) => name.endsWith(".py"));

/** A script of Keras, as a file, a notebook, or in the place of a model file. */
function kerasScript(random: Random): FuzzInput {
  const text = mutateText(readFileSync(path.join("test/importers/python", random.pick(scripts)), "utf8"), random);
  const cells = text.split("\n\n").map((cell) => ({ cell_type: "code", source: cell }));
  const notebook = JSON.stringify({ cells });
  return {
    kind: "script",
    argv: random.pick([
      ["import", "m.py", "--name", "Net"],
      ["import", "m.py", "--model", "model"],
      ["import", "m.ipynb"],
      ["check", "m.layers", "--no-config"],
    ]),
    files: {
      "m.py": text,
      "m.layers": text,
      "m.ipynb": random.chance(0.5) ? notebook : mutateText(notebook, random),
    },
  };
}

function cases(random: Random): FuzzInput {
  const [text, samples] = random.pick(casesOf);
  return {
    kind: "cases",
    argv: ["build", "m.layers", "--self-test", "c.json", "--no-config"],
    files: { "m.layers": text, "c.json": random.chance(0.3) ? samples : mutateText(samples, random) },
  };
}

const words = [
  "M",
  "é",
  "a".repeat(300),
  "../x",
  "-",
  "--",
  "m.layers",
  "*",
  "{a,b}",
  "\u001b[31m",
  "con",
  "__proto__",
  "m.keras",
  "",
  " ",
  "\u0000",
  "😀",
  "[a",
  "!(a)",
  "**/**",
];
const flags = [
  "--name",
  "--out-dir",
  "--emit",
  "--weights",
  "--target",
  "--report",
  "--against",
  "--model",
  "--output",
  "--format",
  "--stdin-file",
  "--ending",
  "--prefix",
  "--sandbox-paths",
  "--quiet",
  "--check",
  "--explain",
  "--list-outputs",
];

function names(random: Random): FuzzInput {
  const name = random.pick(words);
  const argv = [
    random.pick(["build", "check", "import", "summary", "types", "explain", "verify", "export", "compile", name]),
  ];
  for (let more = random.int(4); more > 0; more--)
    argv.push(random.chance(0.5) ? random.pick(words) : random.pick(flags));
  return {
    kind: "names",
    argv: [...argv, "--no-config"],
    files: { "m.layers": "model M { input [2] Dense(1) }", [`x${random.int(9)}.layers`]: sourceOf(random) },
  };
}

function packageJson(random: Random): FuzzInput {
  const text = '{"name":"x","type":"module","scripts":{"build":"x"},"layerc":{"include":["*.layers"],"emit":"js"}}';
  const command = random.pick([["init"], ["build", "m.layers", "--no-config"]]);
  return {
    kind: "package.json",
    argv: command,
    files: {
      "package.json": mutateText(text, random),
      "m.layers": "model M { input [2] Dense(1) }",
      "tsconfig.json": mutateText('{"compilerOptions":{"rewriteRelativeImportExtensions":true}}', random),
    },
  };
}

function cache(random: Random): FuzzInput {
  const text = "model M { input [2] Dense(1) softmax_of_one: Dense(1, activation=softmax) }";
  return {
    kind: "cache",
    argv: ["build", "m.layers", "--no-config"],
    files: { "m.layers": text, "package.json": "{}", "node_modules/x": "" },
    forge: (body) => mutateText(body, random),
  };
}

/** A config in JSON; it is read by the functions that a command reads it with, which would look for it on the disk. */
function config(random: Random): FuzzInput {
  const text =
    '{ "include": ["models/**/*.layers"], "outDir": "out", "sandboxPaths": false, "overrides": [{ "files": "a/*", "target": "wasm", "unroll": "none" }] } // so';
  return { kind: "config", argv: [], files: { "layerc.config.json": mutateText(text, random) } };
}

function script(random: Random): FuzzInput {
  return { kind: "config script", argv: [], files: configScript(random) };
}

/** Every kind of input, the more often it stands here the more of it. */
const makers: readonly ((random: Random) => FuzzInput)[] = [
  ...Array.from({ length: 6 }, () => source),
  ...[".keras", ".h5", ".onnx", "model.json"].flatMap((ending) => [modelFile(ending), modelFile(ending)]),
  ...[".npz", ".safetensors", ".h5", ".keras", ".pt"].map(weightFile),
  stack,
  stack,
  stack,
  kerasScript,
  kerasScript,
  cases,
  names,
  packageJson,
  cache,
  config,
  script,
];

/** The input of that number; the same on every machine with the same fixtures. */
export function inputOf(seed: number, number: number): FuzzInput {
  const random = randomOf((seed * 0x9e37_79b1 + number * 0x85eb_ca6b) >>> 0);
  const input = random.pick(makers)(random);
  // Running models costs as much as all else together.
  return number % 2 === 0 ? { ...input, probe: random.int(2 ** 31) } : input;
}
