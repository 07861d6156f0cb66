// Behind `settings`, which the build puts in front: the version of the page, and the files to keep.
const name = `layerc-playground-${settings.version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(name).then((cache) => cache.addAll(settings.files)),
  );
});

self.addEventListener("activate", (event) => {
  const old = (key) => key.startsWith("layerc-playground-") && key !== name;
  event.waitUntil(
    caches
      .keys()
      .then((keys) =>
        Promise.all(keys.filter(old).map((key) => caches.delete(key))),
      )
      // The page that is open needs more files later.
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== location.origin) return;
  event.respondWith(
    mode === "navigate" ? newest(event.request) : kept(event.request),
  );
});

/** The page itself from the server while there is one: it names the files of its version. */
async function newest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await caches.match("./", { ignoreSearch: true });
    if (page === undefined) throw error;
    return page;
  }
}

/** Every other file has a hash of its content in its name. */
async function kept(request) {
  const found = await caches.match(request);
  if (found !== undefined) return found;
  const response = await fetch(request);
  if (response.ok && response.type === "basic") {
    const cache = await caches.open(name);
    await cache.put(request, response.clone());
  }
  return response;
}
