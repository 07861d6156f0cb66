import { createRequire } from "node:module";
import type { UnpluginContextMeta, UnpluginOptions } from "unplugin";
import { importableEndings, sourceEnding } from "../model-formats/file-names.ts";
import { toSlashes } from "../node/paths.ts";
import { compileModule, type CompiledModule } from "./compile-module.ts";
import { createDependents } from "./dependents.ts";
import { toEsbuild } from "./esbuild-load.ts";
import { createFileSettings } from "./file-settings.ts";
import { hotUpdate } from "./hot-update.ts";
import { toMessage } from "./messages.ts";
import { checkOptions, type LayersOptions } from "./options.ts";
import { fail, hasLoaders, warn } from "./report.ts";

/** The plugin as `unplugin` takes it: every model file that is imported becomes a JavaScript module. */
export function definePlugin(options: LayersOptions | undefined, meta: UnpluginContextMeta): UnpluginOptions {
  checkOptions(options ?? {});
  const { framework } = meta;
  const settingsOf = createFileSettings(options ?? {});
  const dependents = createDependents();
  // Messages name files relative to it.
  let root = process.cwd();
  // Vite's development server watches modules by itself, and would take a watched one for its own import.
  let watchesModules = true;

  const compile = async (id: string): Promise<CompiledModule> => compileModule(id, root, await settingsOf(id, root));

  const load: UnpluginOptions["load"] = {
    filter: { id: modules },
    async handler(id) {
      const { output, diagnostics, sources, dependencies } = await compile(id);
      dependents.set(id, { dependencies: dependencies.map(toSlashes), failed: output === undefined });
      for (const file of dependencies) this.addWatchFile(file);
      if (watchesModules) this.addWatchFile(id);
      // What loaders made outlives an update of the compiler.
      if (hasLoaders(framework)) this.addWatchFile(ownManifest());
      if (output === undefined) return fail(this, framework, toMessage(diagnostics, sources), id, root);
      for (const diagnostic of diagnostics.filter(({ severity }) => severity === "warning")) {
        warn(this, framework, toMessage([diagnostic], sources), id, root);
      }
      return { ...output, ...sideEffectFree };
    },
  };

  return {
    name: "layerc",
    ...(framework === "esbuild" ? {} : { load }),
    vite: {
      configResolved(config) {
        root = config.root;
        watchesModules = config.command === "build";
      },
      hotUpdate({ file, modules: own }) {
        return hotUpdate(file, own, this.environment, dependents);
      },
    },
    webpack(compiler) {
      root = compiler.options.context ?? root;
      compiler.options.module.rules.push({ test: modules, sideEffects: false });
    },
    rspack(compiler) {
      root = compiler.options.context ?? root;
      compiler.options.module.rules.push({ test: modules, sideEffects: false });
    },
    esbuild: {
      setup(build) {
        root = build.initialOptions.absWorkingDir ?? root;
        build.onLoad({ filter: modules, namespace: "file" }, async ({ path: id }: { path: string }) =>
          toEsbuild(await compile(id), id),
        );
      },
    },
  };
}

/** Model files, trained ones too, without a query: `?raw` and `?url` are the bundler's, and so is JSON. */
const modules = new RegExp(`(?:${[sourceEnding, ...importableEndings].map(escaped).join("|")})$`);

function escaped(ending: string): string {
  return ending.replaceAll(".", "\\.");
}

/** For Rollup and its kin; esbuild sees it in the code, and webpack has a rule. */
const sideEffectFree = { moduleSideEffects: false };

/** layerc's package.json, which changes with its version. */
function ownManifest(): string {
  return createRequire(import.meta.url).resolve("layerc/package.json");
}
