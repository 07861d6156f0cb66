/** Milliseconds of processor time, each of them once. */
export type Latency = Readonly<Record<"check" | Question, number>>;

/** What an editor asks after a character more or less. */
export type Question = (typeof questions)[number];

export const questions = ["edit", "hover", "completion"] as const;
