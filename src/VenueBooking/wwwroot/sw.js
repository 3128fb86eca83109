// Keeps one page for when the network is gone. Everything else goes to the network as if this were not here; forms above all: passed on
// from here they would look as if they stood on this site.
const KEEP = 'offline-1';
async function keep() {
  const kept = await caches.open(KEEP);
  const page = await fetch('/offline');
  const html = await page.clone().text();
  await kept.put('/offline', page);
  const css = html.match(/href="([^"]*site[^"]*\.css[^"]*)"/);
  if (css) await kept.add(css[1]);
}
addEventListener('install', e => e.waitUntil(keep().then(skipWaiting)));
addEventListener('message', e => e.waitUntil(keep()));
addEventListener('activate', e => e.waitUntil(caches.keys().then(names => Promise.all(names.filter(n => n !== KEEP).map(n => caches.delete(n))))));
addEventListener('fetch', e => {
  if (e.request.mode === 'navigate' && e.request.method === 'GET')
    e.respondWith(fetch(e.request).catch(() => caches.match('/offline')));
  else if (e.request.destination === 'style')
    e.respondWith(fetch(e.request).catch(() => caches.match(e.request)));
});
