import { describe, expect, test } from "vitest";
import { createDependents } from "../../src/unplugin/dependents.ts";
import { hotUpdate } from "../../src/unplugin/hot-update.ts";

interface Module {
  readonly id: string | null;
  readonly isSelfAccepting?: boolean;
}

function environment(modules: readonly Module[]) {
  const sent: unknown[] = [];
  return {
    sent,
    moduleGraph: { getModuleById: (id: string) => modules.find((module) => module.id === id) },
    hot: { send: (payload: object) => void sent.push(payload) },
  };
}

const model: Module = { id: "/p/a.layers", isSelfAccepting: false };

describe("a changed file in Vite", () => {
  test("concerns its own modules and those compiled from it, each once", () => {
    const dependents = createDependents();
    dependents.set("/p/a.layers", { dependencies: ["/p/w.npz", "/p/b.layers"], failed: false });
    const vite = environment([model]);
    const other: Module = { id: "/p/w.npz" };
    expect(hotUpdate("/p/w.npz", [other], vite, dependents)).toEqual([other, model]);
    expect(hotUpdate("/p/a.layers", [model], vite, dependents)).toEqual([model]);
    expect(hotUpdate("/p/b.layers", [model], vite, dependents)).toEqual([model]);
    expect(hotUpdate("/p/c.layers", [], vite, dependents)).toEqual([]);
    expect(vite.sent).toEqual([]);
  });

  test("concerns nobody any more when the import is gone", () => {
    const dependents = createDependents();
    dependents.set("/p/a.layers", { dependencies: ["/p/w.npz"], failed: false });
    dependents.set("/p/a.layers", { dependencies: [], failed: false });
    expect(hotUpdate("/p/w.npz", [], environment([model]), dependents)).toEqual([]);
  });

  test("starts a page again whose module has never worked, and no other", () => {
    const dependents = createDependents();
    const unserved: Module = { id: "/p/a.layers" };
    const vite = environment([unserved]);
    dependents.set("/p/a.layers", { dependencies: ["/p/w.npz"], failed: true });
    expect(hotUpdate("/p/w.npz", [], vite, dependents)).toEqual([unserved]);
    expect(vite.sent).toEqual([{ type: "full-reload", path: "*" }]);
    dependents.set("/p/a.layers", { dependencies: ["/p/w.npz"], failed: false });
    hotUpdate("/p/w.npz", [], vite, dependents);
    expect(vite.sent.length).toBe(1);
  });
});
