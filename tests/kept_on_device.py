"""What a device keeps of the site, compared with built sites byte by byte."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from publish.worker.write_worker import kept_files

KEPT_NOW = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration?.active) return null;
  const version = await new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data.version);
    registration.active.postMessage("version", [port2]);
    setTimeout(done, 5000, "");
  });
  const name = (await caches.keys()).find((one) => one.endsWith(version));
  if (!name) return {};
  const cache = await caches.open(name);
  const kept = {};
  for (const request of await cache.keys()) {
    const bytes = await (await cache.match(request)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const path = request.url.slice(registration.scope.length);
    kept[path] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return kept;
}"""
"""The whole digest of each file that the worker at work keeps for pages, by its address; null without a worker."""


def kept_now(page: Page) -> dict[str, str] | None:
    """Return the digest of each file kept, by its address; None where no worker is at work."""
    found: dict[str, str] | None = page.evaluate(KEPT_NOW)
    return found


@cache
def pages_of(folder: Path) -> dict[str, str]:
    """Return what of a built site is kept, with the revision that its list of files tells: as much of a digest as it has."""
    return kept_files(folder).pages


def is_whole(kept: dict[str, str] | None, folder: Path) -> bool:
    """Tell whether a device keeps every file of a built site and no other."""
    told = pages_of(folder)
    return kept is not None and kept.keys() == told.keys() and all(kept[one].startswith(told[one]) for one in told)
