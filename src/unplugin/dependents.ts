/** The `.layers` modules that a plugin has loaded, and what they depend on. All files are absolute paths with `/`. */
export interface Dependents {
  /** Notes what became of a module; `dependencies` are files that are no modules of the bundler. */
  set(module: string, state: { readonly dependencies: readonly string[]; readonly failed: boolean }): void;
  /** The modules that depend on `file`. */
  of(file: string): readonly string[];
  /** Whether the module had errors when it was loaded last. */
  failed(module: string): boolean;
}

/** Remembers the modules that a plugin has loaded, those with errors too. */
export function createDependents(): Dependents {
  const modules = new Map<string, { readonly dependencies: ReadonlySet<string>; readonly failed: boolean }>();
  return {
    set: (module, { dependencies, failed }) =>
      void modules.set(module, { dependencies: new Set(dependencies), failed }),
    of: (file) => [...modules].filter(([, { dependencies }]) => dependencies.has(file)).map(([module]) => module),
    failed: (module) => modules.get(module)?.failed === true,
  };
}
