// Keeps one page for when the network is gone. Everything else goes to the network as if this were not here; forms above all: passed on
// from here they would look as if they stood on this site.
const KEEP = 'offline-1';
async function keep() {
  const kept = await caches.open(KEEP);
  const page = await fetch('/offline');
  if (!page.ok) throw new Error(`/offline: ${page.status}`);
  const html = await page.clone().text();
  await kept.put('/offline', page);
  const css = html.match(/href="([^"]*site[^"]*\.css[^"]*)"/);
  if (css) await kept.add(css[1]);
}
addEventListener('install', e => e.waitUntil(keep().then(skipWaiting)));
// How the kept page looks is noted beside it, once it is there: what could not be fetched is fetched when the next page is opened.
async function keepAs(look) {
  const kept = await caches.open(KEEP);
  if (await (await kept.match('/offline?look'))?.text() === look) return;
  await keep();
  await kept.put('/offline?look', new Response(look));
}
addEventListener('message', e => e.waitUntil(keepAs(e.data)));
addEventListener('activate', e => e.waitUntil(caches.keys().then(names => Promise.all(names.filter(n => n !== KEEP).map(n => caches.delete(n))))));
addEventListener('fetch', e => {
  if (e.request.mode === 'navigate' && e.request.method === 'GET')
    e.respondWith(fetch(e.request).catch(() => caches.match('/offline')));
  else if (e.request.destination === 'style')
    e.respondWith(fetch(e.request).catch(() => caches.match(e.request)));
});
