/** Has the built page kept for times without a network. A page that is being developed is not kept. */
export function offerOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // After what the page needs itself.
  const register = (): void => {
    navigator.serviceWorker
      .register("service-worker.js")
      // Browsers refuse it in private windows and from disks: the page works without.
      .catch(() => {});
  };
  setTimeout(register, 2000);
}
