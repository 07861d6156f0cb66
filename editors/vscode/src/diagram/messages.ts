/** What the extension and the page with a drawing say to each other. */
export type ToPage =
  | { readonly kind: "drawing"; readonly svg: string; readonly problem: string | null }
  /** The cursor is there in the source; null while the drawing is not that of the text. */
  | { readonly kind: "cursor"; readonly offset: number | null };

export type FromPage =
  /** It begins, and knows nothing yet. */
  | { readonly kind: "ready" }
  /** The user has chosen what was written there. */
  | { readonly kind: "chosen"; readonly start: number; readonly end: number };
