import type { BuiltModel, SourceFile, TextEdit } from "../../model/built.ts";

/** The name of the file that trained weights go into: that which the model names already, if it is of their format. */
export function weightsName(
  { name, text }: SourceFile,
  { name: model, training: { weightsPlace } }: BuiltModel,
  isOnly: boolean,
): string {
  const { from, to } = weightsPlace;
  const named = /^weights\s*"(?:\.\/)?([^"/\\]+\.safetensors)"$/.exec(
    text.slice(from, to),
  );
  if (named !== null) return named[1]!;
  const stem = name.replace(/\.layers$/, "");
  return isOnly ? `${stem}.safetensors` : `${stem}-${model}.safetensors`;
}

/** The change of a text that has a model bind a file. */
export function weightsEdit(
  { training: { weightsPlace } }: BuiltModel,
  file: string,
): TextEdit {
  const { before, ...place } = weightsPlace;
  return { ...place, insert: `${before}weights "./${file}"` };
}
