/** What the extension and the page with a training say to each other. */
export interface ToPage {
  /** The curves; empty before the first epoch. */
  readonly svg: string;
  /** What goes on, or how it went. */
  readonly status: string;
  readonly isRunning: boolean;
  /** What can be done when it has ended, by its title. */
  readonly offers: readonly string[];
}

export type FromPage =
  /** It begins, and knows nothing yet. */
  { readonly kind: "ready" } | { readonly kind: "stop" } | { readonly kind: "taken"; readonly offer: string };
