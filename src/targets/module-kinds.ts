/** How a module is written: its language, whether it is CommonJS, and what its files end in, the code's first. */
interface ModuleFiles {
  readonly language: "ts" | "js";
  /** ES modules otherwise. */
  readonly commonJs: boolean;
  readonly endings: readonly [code: string, declarations?: string];
}

/** The kinds of modules, by what `--emit` calls them. */
export const moduleKinds = {
  ts: { language: "ts", commonJs: false, endings: ["ts"] },
  js: { language: "js", commonJs: false, endings: ["js", "d.ts"] },
  mts: { language: "ts", commonJs: false, endings: ["mts"] },
  mjs: { language: "js", commonJs: false, endings: ["mjs", "d.mts"] },
  cjs: { language: "js", commonJs: true, endings: ["cjs", "d.cts"] },
} as const satisfies Readonly<Record<string, ModuleFiles>>;

/** What `--emit` takes. */
export type ModuleKind = keyof typeof moduleKinds;

/** The default, then the others. */
export const moduleKindNames: readonly [ModuleKind, ...ModuleKind[]] = ["ts", "js", "mts", "mjs", "cjs"];

/** Every ending that a file of a module may have. */
export const moduleEndings: readonly string[] = Object.values(moduleKinds).flatMap(({ endings }) => [...endings]);

/** What CommonJS has in scope around a module, so that nothing in it can be declared with the name. */
export const commonJsNames: readonly string[] = ["exports", "require", "module", "__filename", "__dirname"];
