/** A long model file that somebody edits. */
export interface EditorFile {
  readonly title: string;
  readonly text: string;
  /** Where a digit is typed and taken back. */
  readonly at: number;
}

/** A thousand layers, in one model and in a hundred, with an edit in the middle. */
export const editorFiles: readonly EditorFile[] = [
  editorFile("100 models of 10 layers", 100, 10),
  editorFile("a model of 1,000 layers", 1, 1000),
];

function editorFile(title: string, models: number, layers: number): EditorFile {
  const text = Array.from({ length: models }, (_, model) => {
    const lines = Array.from({ length: layers }, (_, at) => `  layer${at}: Dense(${8 + (at % 5)}, activation=relu)`);
    return `model Long${model} {\n  input [8]\n${lines.join("\n")}\n}\n`;
  }).join("\n");
  const marker = `layer${layers >> 1}: Dense(8`;
  const from = text.indexOf(`model Long${models >> 1} {`);
  return { title, text, at: text.indexOf(marker.slice(0, -1), from) + marker.length };
}
