/** Starts a job, never twice at a time: what is asked for meanwhile is done once, afterwards. The job must not fail. */
export function oneAtATime(job: () => Promise<void>): () => void {
  let isRunning = false;
  let isOld = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    do {
      isOld = false;
      await job();
    } while (isOld);
    isRunning = false;
  };
  return () => {
    if (isRunning) isOld = true;
    else void run();
  };
}
