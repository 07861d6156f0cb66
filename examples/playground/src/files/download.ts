import { proxy } from "comlink";
import type { ModuleOptions } from "../workers/builder.ts";
import type { LastGood, State } from "../model/last-good.ts";
import type { PageFiles } from "./page-files.ts";

/** A file that can be saved. */
export interface Saved {
  readonly name: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export interface Download {
  readonly label: string;
  readonly note: string;
  make(models: LastGood): Promise<Saved>;
}

/** What there is to save: the module of the last good text, the text itself, and the files that it names: without them it does not build. */
export function downloads(
  { good, source }: State,
  files: PageFiles,
): readonly Download[] {
  const module = good?.module;
  return [
    ...(module === undefined
      ? []
      : [
          {
            label: module.name,
            note: "the module, TypeScript",
            make: async ({ state }: LastGood) => ({
              name: state.good!.module!.name,
              content: state.good!.module!.text,
            }),
          },
          built(module.name.replace(/\.ts$/, ".js"), "JavaScript", {
            emit: "js",
          }),
          built(
            module.name.replace(/\.ts$/, ".wasm.ts"),
            "TypeScript with WebAssembly in it",
            { target: "wasm" },
          ),
          built(
            module.name.replace(/\.ts$/, ".wasm.js"),
            "JavaScript with WebAssembly in it",
            { emit: "js", target: "wasm" },
          ),
        ]),
    {
      label: source.name,
      note: "the model file",
      make: async ({ state }) => ({
        name: state.source.name,
        content: state.source.text,
      }),
    },
    ...filesNamed(source.text, files).map((name) => ({
      label: name,
      note: name.endsWith(".layers") ? "which it imports" : "its weights",
      make: async () => ({
        name,
        content: (await files.read(name)) as Uint8Array<ArrayBuffer>,
      }),
    })),
  ];
}

/** The files that a text has its weights and blocks from, as far as they are here. */
function filesNamed(text: string, files: PageFiles): readonly string[] {
  const named = text.matchAll(/\b(?:weights|from)\s*"(?:\.\/)?([^"\n]+)"/g);
  const names = new Set(Array.from(named, ([, name]) => name!));
  return [...names].filter((name) => files.has(name));
}

/** What a build of the last good text writes with other options. */
function built(name: string, note: string, options: ModuleOptions): Download {
  return {
    label: name,
    note,
    make: async ({ builder, files, state }) => ({
      name,
      content: await builder.ask((builds) =>
        builds.module(state.good!.source, options, proxy(files.read)),
      ),
    }),
  };
}

export function saveFile({ name, content }: Saved): void {
  const url = URL.createObjectURL(new Blob([content]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
