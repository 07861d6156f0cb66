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

/** What there is to save: the module of the last good text, the text itself, and weights that came from outside. */
export function downloads(
  { good, source }: State,
  files: PageFiles,
): readonly Download[] {
  const module = good?.module;
  const weights = [...source.text.matchAll(/weights\s*"(?:\.\/)?([^"]+)"/g)]
    .map(([, file]) => file!)
    .filter((file) => files.isOwn(file));
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
          built(module.name, "TypeScript with WebAssembly in it", {
            target: "wasm",
          }),
        ]),
    {
      label: source.name,
      note: "the model file",
      make: async ({ state }) => ({
        name: state.source.name,
        content: state.source.text,
      }),
    },
    ...[...new Set(weights)].map((name) => ({
      label: name,
      note: "its weights",
      make: async () => ({
        name,
        content: (await files.read(name)) as Uint8Array<ArrayBuffer>,
      }),
    })),
  ];
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
