import type { Dependents } from "./dependents.ts";

/** What of a module of Vite's graph is needed here. */
interface GraphModule {
  readonly id: string | null;
  /** Absent until the module has been served. */
  readonly isSelfAccepting?: boolean | undefined;
}

/** What of an environment of Vite is needed here. */
interface HotEnvironment<Module extends GraphModule> {
  readonly moduleGraph: { getModuleById(id: string): Module | undefined };
  readonly hot: { send(payload: { readonly type: "full-reload"; readonly path: string }): void };
}

/**
 * The modules of Vite's graph that a changed file concerns: its own, and those compiled from it. Vite knows the latter only
 * after a module was loaded without errors, and the file that mends an error is often another one.
 */
export function hotUpdate<Module extends GraphModule>(
  file: string,
  own: readonly Module[],
  environment: HotEnvironment<Module>,
  dependents: Dependents,
): Module[] {
  const compiled = dependents.of(file).flatMap((id) => environment.moduleGraph.getModuleById(id) ?? []);
  const concerned = [...new Set([...own, ...compiled])];
  // A module that has never worked takes no update: the page stopped at it, and starts again.
  const stopped = ({ id, isSelfAccepting }: Module): boolean =>
    id !== null && isSelfAccepting === undefined && dependents.failed(id);
  if (concerned.some(stopped)) environment.hot.send({ type: "full-reload", path: "*" });
  return concerned;
}
