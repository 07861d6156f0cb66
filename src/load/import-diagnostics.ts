import type { Fix, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { MAX_FILES, MAX_IMPORT_DEPTH } from "./limits.ts";

export const importUnreadable = defineDiagnostic<{
  readonly path: string;
  readonly reason: string;
  readonly nearest?: { readonly help?: string; readonly fix?: Fix };
}>(
  "import-unreadable",
  "error",
  "An imported file can't be read.",
  ({ path, reason, nearest = {} }) => ({ message: `Can't read '${path}': ${reason}`, ...nearest }),
  () => ({
    meaning:
      "The file behind an import is not there, or can't be read. The path is seen from the folder of the file that imports it.",
    example: {
      kind: "source",
      source: 'import { Hidden } from "./blcks.layers"\nmodel M { input [4] Hidden(3) }',
      files: { "blocks.layers": "block Hidden(units) { Dense(units, activation=relu) }" },
      mended: 'import { Hidden } from "./blocks.layers"\nmodel M { input [4] Hidden(3) }',
    },
  }),
);

export const importNotRelative = defineDiagnostic<{
  readonly span: Span;
  readonly path: string;
  readonly meant?: string;
}>(
  "import-not-relative",
  "error",
  "The path of an import doesn't begin with './' or '../'.",
  ({ span, path, meant }) => {
    // A bare file name is certainly meant to lie beside the file.
    const isBare = /^[\w-][\w.-]*(?:\/[\w.-]+)*\.layers$/.test(path);
    const text = meant ?? (isBare ? `./${path}` : undefined);
    return {
      message: `Expected a path relative to this file, found '${path}'`,
      help: "paths begin with './' or '../' and use '/' on every system",
      ...writing(span, text),
    };
  },
  () => ({
    meaning:
      "Imports name files by their place relative to the importing file, so a path begins with './' or '../'. There are no packages to import from, and absolute paths would not survive a move.",
    example: {
      kind: "source",
      source: 'import { Hidden } from "blocks.layers"\nmodel M { input [4] Hidden(3) }',
      files: { "blocks.layers": "block Hidden(units) { Dense(units, activation=relu) }" },
    },
  }),
);

export const importNotLayers = defineDiagnostic<{
  readonly path: string;
  readonly span: Span;
  readonly meant?: string;
}>(
  "import-not-layers",
  "error",
  "An import names a file that doesn't end in '.layers'.",
  ({ path, span, meant }) => ({
    ...writing(span, meant),
    message: `Expected the path of a '.layers' file, found '${path}'`,
    ...(/\.(?:keras|h5|safetensors|npz)$/.test(path)
      ? { help: 'trained weights are bound with: weights "./file"' }
      : {}),
  }),
  () => ({
    meaning:
      "import takes declarations out of other .layers files. Trained weights are bound by a weights clause in a model.",
    example: {
      kind: "source",
      source: 'import { Head } from "./digits.keras"\nmodel M { input [4] Head() }',
      files: { "digits.layers": "block Head() { Dense(10, activation=softmax) }" },
      mended: 'import { Head } from "./digits.layers"\nmodel M { input [4] Head() }',
    },
  }),
);

/** Writes another path. */
function writing(span: Span, path: string | undefined): { fix?: Fix } {
  if (path === undefined) return {};
  const text = JSON.stringify(path);
  return { fix: { title: `Write ${text}`, edits: [{ span, text }] } };
}

export const importWithoutHost = defineDiagnostic<{ readonly path: string }>(
  "import-without-host",
  "error",
  "A file imports another where the compiler has been given no access to files.",
  ({ path }) => ({
    message: `Can't read '${path}', since the compiler has been given no access to files`,
    help: "pass a 'host' in the options of the call",
  }),
  () => ({
    meaning:
      "The library reads files only through the `host` it is given, so that it runs in browsers too. A text with imports or weights needs one.",
    example: {
      kind: "situation",
      text: "compile('import { Hidden } from \"./blocks.layers\" ...') is called without a host.",
      arguments: { path: "./blocks.layers" },
      mended: "compile(source, { host })",
    },
  }),
);

export const importCycle = defineDiagnostic<{
  readonly paths: readonly string[];
  readonly related: readonly RelatedPlace[];
}>(
  "import-cycle",
  "error",
  "Files import one another in a cycle.",
  ({ paths, related }) => ({
    message: paths.length === 2 ? `The file imports itself` : `The import closes a cycle: ${paths.join(" -> ")}`,
    label: "this import closes the cycle",
    related,
    help: "move what both need into a file of its own",
  }),
  () => ({
    meaning: "Each file needs the other to be read first. What both need belongs in a third file that imports neither.",
    example: {
      kind: "source",
      source: 'import { A } from "./a.layers"\nblock B() { Dense(3) }\nmodel M { input [4] A() }',
      files: { "a.layers": 'import { B } from "./model.layers"\nblock A() { B() }' },
      mended: "block B() { Dense(3) }\nblock A() { B() }\nmodel M { input [4] A() }",
    },
  }),
);

export const importsTooDeep = defineDiagnostic(
  "imports-too-deep",
  "error",
  `More than ${MAX_IMPORT_DEPTH} imports lead to a file, one after the other.`,
  () => ({ message: `Imports lead at most ${MAX_IMPORT_DEPTH} files deep` }),
  () => ({
    meaning:
      "One file imports another, which imports a third, more than 100 times in a row. That is beyond what models need, and a limit keeps generated files from taking the compiler down.",
    example: {
      kind: "situation",
      text: "a0.layers imports a1.layers, which imports a2.layers, and so on up to a101.layers.",
      arguments: undefined,
      mended: "Let the model file import what it uses directly.",
    },
  }),
);

export const tooManyFiles = defineDiagnostic(
  "too-many-files",
  "error",
  `More than ${MAX_FILES} files are imported, directly or not.`,
  () => ({ message: `At most ${MAX_FILES} files are read for one model file` }),
  () => ({
    meaning: "A model file and all that it imports, directly or not, are at most 1,000 files.",
    example: {
      kind: "situation",
      text: "all.layers imports a name from each of 1,001 files.",
      arguments: undefined,
      mended: "Put blocks that belong together into one file.",
    },
  }),
);
