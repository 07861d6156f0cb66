/** Sends without waiting. What can't be sent any more, because the client is gone, is nobody's loss. */
export function tell(send: () => Promise<unknown>): void {
  try {
    send().catch(() => undefined);
  } catch {
    // A connection that is closed says so at once.
  }
}
