import type { RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { MAX_FILES, MAX_IMPORT_DEPTH } from "./limits.ts";

export const importUnreadable = defineDiagnostic<{ readonly path: string; readonly reason: string }>(
  "import-unreadable",
  "error",
  "An imported file can't be read.",
  ({ path, reason }) => ({ message: `Can't read '${path}': ${reason}` }),
);

export const importNotRelative = defineDiagnostic<{ readonly span: Span; readonly path: string }>(
  "import-not-relative",
  "error",
  "The path of an import doesn't begin with './' or '../'.",
  ({ span, path }) => {
    // A bare file name is certainly meant to lie beside the file.
    const isBare = /^[\w-][\w.-]*(?:\/[\w.-]+)*\.layers$/.test(path);
    return {
      message: `Expected a path relative to this file, found '${path}'`,
      help: "paths begin with './' or '../' and use '/' on every system",
      ...(isBare ? { fix: { title: `Write "./${path}"`, edits: [{ span, text: JSON.stringify(`./${path}`) }] } } : {}),
    };
  },
);

export const importNotLayers = defineDiagnostic<{ readonly path: string }>(
  "import-not-layers",
  "error",
  "An import names a file that doesn't end in '.layers'.",
  ({ path }) => ({
    message: `Expected the path of a '.layers' file, found '${path}'`,
    ...(/\.(?:keras|h5|safetensors|npz)$/.test(path)
      ? { help: 'trained weights are bound with: weights "./file"' }
      : {}),
  }),
);

export const importWithoutHost = defineDiagnostic<{ readonly path: string }>(
  "import-without-host",
  "error",
  "A file imports another where the compiler has been given no access to files.",
  ({ path }) => ({
    message: `Can't read '${path}', since the compiler has been given no access to files`,
    help: "pass a 'host' in the options of the call",
  }),
);

export const importCycle = defineDiagnostic<{
  readonly paths: readonly string[];
  readonly related: readonly RelatedPlace[];
}>("import-cycle", "error", "Files import one another in a cycle.", ({ paths, related }) => ({
  message: paths.length === 2 ? `The file imports itself` : `The import closes a cycle: ${paths.join(" -> ")}`,
  label: "this import closes the cycle",
  related,
  help: "move what both need into a file of its own",
}));

export const importsTooDeep = defineDiagnostic(
  "imports-too-deep",
  "error",
  `More than ${MAX_IMPORT_DEPTH} imports lead to a file, one after the other.`,
  () => ({ message: `Imports lead at most ${MAX_IMPORT_DEPTH} files deep` }),
);

export const tooManyFiles = defineDiagnostic(
  "too-many-files",
  "error",
  `More than ${MAX_FILES} files are imported, directly or not.`,
  () => ({ message: `At most ${MAX_FILES} files are read for one model file` }),
);
