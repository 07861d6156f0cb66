import type { Session } from "./session.ts";

/** Has the notifications of a method heard, from `initialize` to `shutdown`. */
export type Listen = <Params>(
  method: string,
  heard: (params: Params, session: Session) => Promise<void> | void,
) => void;
