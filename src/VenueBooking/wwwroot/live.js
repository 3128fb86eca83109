// What stays up to date by itself: a region that is fetched again when its stream says so (data-live), and an image that
// is renewed every so many seconds (data-refresh). Nothing is asked for while nobody looks.
for (const region of document.querySelectorAll('[data-live]')) {
  let stale = false, busy = false;
  const refresh = async () => {
    if (document.hidden || busy) { stale = true; return; }
    [stale, busy] = [false, true];
    try { await htmx.ajax('GET', location.pathname + location.search, { target: region, swap: 'innerHTML' }); } finally { busy = false; }
    if (stale) setTimeout(refresh, 500);
  };
  const source = new EventSource(region.dataset.live);
  source.addEventListener('slots', refresh);
  // After a lost connection: what happened meanwhile was not told.
  source.addEventListener('error', () => { stale = true; });
  source.addEventListener('ready', () => stale && refresh());
  document.addEventListener('visibilitychange', () => stale && refresh());
  addEventListener('pagehide', () => source.close());
}

for (const image of document.querySelectorAll('img[data-refresh]')) {
  const address = image.getAttribute('src');
  const renew = () => { if (!document.hidden) image.src = `${address}?${Date.now()}`; };
  setInterval(renew, image.dataset.refresh * 1000);
  document.addEventListener('visibilitychange', renew);
}
