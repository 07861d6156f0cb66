import path from "node:path";
import type { UnpluginBuildContext, UnpluginContext, UnpluginContextMeta, UnpluginMessage } from "unplugin";
import type { Message } from "./messages.ts";

/** What a load hook is called on. */
export type LoadContext = UnpluginBuildContext & UnpluginContext;

type Framework = UnpluginContextMeta["framework"];

/** webpack and its kin: they run loaders, show one text, and keep what loaders made on disk. */
export function hasLoaders(framework: Framework): boolean {
  return framework === "webpack" || framework === "rspack";
}

/** Tells a warning in the bundler's own way. `id` is the module that is loaded. */
export function warn(context: LoadContext, framework: Framework, message: Message, id: string, root: string): void {
  // Rollup and its kin print no frames of warnings.
  const whole = { ...message, title: wholeText(message), frame: "" };
  context.warn(forBundler(framework, whole, id, root));
}

/** Fails the loading of a module, without a stack trace: it would show the insides of the bundler. */
export function fail(
  context: LoadContext,
  framework: Framework,
  message: Message,
  id: string,
  root: string,
): undefined {
  const told = forBundler(framework, message, id, root);
  const error = Object.assign(new Error(told.message), told);
  // webpack reads on, in the text as it is, after an error that is only told.
  if (hasLoaders(framework)) throw Object.assign(error, { hideStack: true });
  context.error(error);
  return undefined;
}

function forBundler(framework: Framework, message: Message, id: string, root: string): UnpluginMessage {
  const { title, frame, place } = message;
  if (hasLoaders(framework)) return { message: wholeText(message), stack: "" };
  // Without a place there are no lines, and Vite shows no frame.
  if (place === undefined || frame === "") return { message: wholeText(message), id, stack: "" };
  const loc = { ...place, file: path.resolve(root, place.file) };
  // A field that Rollup and Vite know and `unplugin` hands on.
  const framed = { frame: framework === "vite" ? viteFrame(frame) : frame };
  return { message: title, id, stack: "", loc, ...framed };
}

/** Vite's overlay shows what looks like its own frames: with an ASCII bar after the number of a line. */
function viteFrame(frame: string): string {
  return frame.replaceAll(/^( *\d* )│/gm, "$1|");
}

function wholeText({ title, frame }: Message): string {
  return frame === "" ? title : `${title}\n${frame}`;
}
