// A module that Node loads by itself has Node's `import()`.
const source = "data:text/javascript,export default (url) => import(url)";
const { default: load } = (await import(/* @vite-ignore */ source)) as { default: (url: string) => Promise<unknown> };

/**
 * The module at a `file:` or `data:` URL, as Node loads it. `import()` of a test is Vitest's: it sends what is not in
 * `node_modules` to the main process to be parsed and rewritten, which costs more than compiling and running it.
 */
export async function importModule<Module>(url: string): Promise<Module> {
  return (await load(url)) as Module;
}
