import type { Kernel } from "../ir/loops.ts";

/** Where code comes from: a model, or a kernel of it. */
export interface CodeOrigin {
  /** The model's name. */
  readonly model: string;
  readonly kernel?: Kernel;
  /** Whether it is the kernel's function itself, without the comment above it. */
  readonly isFunction?: boolean;
}
