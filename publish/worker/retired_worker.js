// Written in place of the copy on the device while the site is being edited: every change must show
// at once. Removes whatever an earlier visit of this address has kept, then itself.
"use strict";

const ROOT = new URL("./", self.location).href;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  const names = (await caches.keys()).filter((name) => name.startsWith(`so-tay|${ROOT}|`));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  if (names.length > 0) {
    for (const client of await self.clients.matchAll({ type: "window" })) {
      client.navigate(client.url);
    }
  }
}
