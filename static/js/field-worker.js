// Answers for the phone pages when there is no connection, with what was last seen of them; never stands in the way else.

const KEPT = "klean-field-1";
const isOurs = (request) => request.method === "GET"
  && (new URL(request.url).pathname.startsWith("/static/") || /\/inspections\/field(\/|$)/.test(new URL(request.url).pathname));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const fresh = async (request) => {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await kept.put(request, answer.clone());
    // Whoever is logged out leaves nothing behind.
    if (answer.redirected && answer.url.includes("/accounts/login")) await caches.delete(KEPT);
    return answer;
  } catch (fault) {
    const answer = await kept.match(request);
    if (answer) return answer;
    throw fault;
  }
};

self.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(fresh(event.request));
});
