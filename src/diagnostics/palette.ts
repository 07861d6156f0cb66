/** How the parts of a printed diagnostic are coloured; injected, so that the core knows no terminal. */
export interface Palette {
  error(text: string): string;
  warning(text: string): string;
  hint(text: string): string;
  /** The message itself. */
  strong(text: string): string;
  /** Line numbers and frame lines. */
  frame(text: string): string;
  /** Marks and labels of related places. */
  related(text: string): string;
}

const same = (text: string): string => text;

/** No colours: for pipes, files and tests. */
export const plainPalette: Palette = {
  error: same,
  warning: same,
  hint: same,
  strong: same,
  frame: same,
  related: same,
};
