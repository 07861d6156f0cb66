import type { RunModule } from "../../verify/run-model.ts";

/** Runs a generated module in a browser. */
export const runModule: RunModule = async (text) => {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>;
  } finally {
    URL.revokeObjectURL(url);
  }
};
