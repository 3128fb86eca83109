// What a page gains by JavaScript. Without it everything still works: forms post, links lead on.
const notices = document.getElementById('notices');
const words = notices?.dataset ?? {};

function notice(text, kind = 'error') {
  if (!notices || !text) return;
  const box = document.createElement('div');
  box.className = `notice notice-${kind}`;
  const body = document.createElement('div');
  body.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button button-quiet';
  close.textContent = words.close;
  close.onclick = () => box.remove();
  box.append(body, close);
  notices.replaceChildren(box);
  if (kind !== 'error') setTimeout(() => box.remove(), 6000);
}

// --- A form is sent once, however often the button is pressed, and not at all while offline.
const free = form => {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-busy]').forEach(b => b.removeAttribute('aria-busy'));
};
document.addEventListener('submit', e => {
  const form = e.target;
  if (form.method !== 'post' || e.defaultPrevented) return;
  // Without a network the browser would put its own page in place of what was filled in.
  if (!navigator.onLine) { e.preventDefault(); notice(words.unsent, 'warning'); return; }
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = '1';
  e.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(() => free(form), 8000);
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(free));

// --- Dialogs, menus, filters, copying, sharing, position: by data attributes.
document.addEventListener('click', async e => {
  const on = name => e.target.closest(`[data-${name}]`);
  document.querySelectorAll('details[data-menu][open]').forEach(m => m.contains(e.target) || (m.open = false));
  let hit;
  if ((hit = on('opens'))) {
    const dialog = document.getElementById(hit.dataset.opens);
    if (dialog?.showModal) { e.preventDefault(); dialog.showModal(); }
  } else if ((hit = on('closes'))) hit.closest('dialog')?.close();
  else if (e.target.matches('dialog[open]')) e.target.close();
  else if (on('reload')) location.reload();
  else if (on('print')) print();
  else if ((hit = on('copy'))) copy(hit.dataset.copy);
  else if ((hit = on('share'))) {
    const url = new URL(hit.dataset.share || location.href, location.href).href;
    if (navigator.share) navigator.share({ title: hit.dataset.title ?? document.title, url }).catch(() => {});
    else copy(url);
  } else if ((hit = on('near'))) { e.preventDefault(); near(hit); }
  else if ((hit = on('position'))) position(hit);
  else if ((hit = on('reveal'))) {
    const input = document.getElementById(hit.dataset.reveal), hidden = input.type === 'password';
    input.type = hidden ? 'text' : 'password';
    hit.textContent = hidden ? words.hide : words.show;
  } else if ((hit = on('scan'))) {
    const { scan } = await import('./scan.js');
    scan(hit.closest('[data-scan-target]'), notice);
  }
});
document.addEventListener('keydown', e => {
  const menu = e.key === 'Escape' && document.querySelector('details[data-menu][open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
});
document.addEventListener('change', e => e.target.form?.matches('[data-auto]') && e.target.form.requestSubmit());

async function copy(text) {
  try { await navigator.clipboard.writeText(text); notice(words.copied, 'success'); } catch { notice(text, 'info'); }
}

// Fills the two fields named in data-position with where we are.
function position(button) {
  const [latitude, longitude] = button.dataset.position.split(' ').map(id => document.getElementById(id));
  const no = () => { button.removeAttribute('aria-busy'); notice(button.dataset.denied, 'warning'); };
  if (!navigator.geolocation) return no();
  button.setAttribute('aria-busy', 'true');
  navigator.geolocation.getCurrentPosition(p => {
    button.removeAttribute('aria-busy');
    latitude.value = p.coords.latitude.toFixed(5);
    longitude.value = p.coords.longitude.toFixed(5);
  }, no, { enableHighAccuracy: true, timeout: 8000 });
}

function near(link) {
  const url = new URL(link.href, location.href);
  const go = p => {
    url.searchParams.set('near', `${p.coords.latitude.toFixed(4)},${p.coords.longitude.toFixed(4)}`);
    location.assign(url);
  };
  const no = () => { link.removeAttribute('aria-busy'); notice(link.dataset.denied, 'warning'); };
  if (!navigator.geolocation) return no();
  link.setAttribute('aria-busy', 'true');
  navigator.geolocation.getCurrentPosition(go, no, { timeout: 8000, maximumAge: 300000 });
}

// --- htmx: our token on every request, errors in words, and a whole page is never swapped into a piece of one.
document.addEventListener('htmx:configRequest', e => {
  const token = document.querySelector('meta[name=csrf]')?.content;
  if (token && e.detail.verb !== 'get') e.detail.headers['X-CSRF-Token'] = token;
});
document.addEventListener('htmx:beforeRequest', e => e.detail.target.setAttribute?.('aria-busy', 'true'));
document.addEventListener('htmx:afterRequest', e => {
  e.detail.target.removeAttribute?.('aria-busy');
  if (e.detail.elt.matches?.('form')) free(e.detail.elt);
});
document.addEventListener('htmx:beforeSwap', e => {
  const { xhr } = e.detail;
  if (/^\s*<!doctype/i.test(xhr.responseText)) {
    e.detail.shouldSwap = false;
    if (xhr.status < 400) location.assign(xhr.responseURL);
  }
});
document.addEventListener('htmx:responseError', e => {
  const { status } = e.detail.xhr;
  notice(status === 401 ? words.signedOut : status === 400 || status === 409 ? words.stale : words.failed);
});
document.addEventListener('htmx:sendError', () => notice(words.failed));

// --- Where to look first, and what is out of sight.
document.querySelector('[data-focus]')?.focus();
document.querySelectorAll('input[type=password]').forEach(input => {
  const box = document.createElement('div'), button = document.createElement('button');
  box.className = 'affix';
  button.type = 'button';
  button.className = 'button';
  button.dataset.reveal = input.id;
  button.textContent = words.show;
  button.setAttribute('aria-controls', input.id);
  input.replaceWith(box);
  box.append(input, button);
});
const intoSight = part => part.querySelectorAll('.days [aria-current], .nav [aria-current], .tabs [aria-current], .field-line .choice:has(:checked)').forEach(here => {
  const strip = here.closest('ol, ul, nav, .pills');
  const [at, from] = [here, strip].map(part => part.getBoundingClientRect().left);
  strip.scrollLeft += at - from - (strip.clientWidth - here.offsetWidth) / 2;
});
intoSight(document);
document.addEventListener('htmx:afterSettle', e => intoSight(e.detail.elt));
addEventListener('offline', () => notice(words.offline, 'warning'));
addEventListener('online', () => notices?.replaceChildren());
if (navigator.serviceWorker && isSecureContext) {
  navigator.serviceWorker.register('/sw.js').catch(() => {});
  // The page that is kept for when the network is gone has the language and looks chosen last: the worker knows which it has.
  const { lang, dataset, className } = document.documentElement, look = `${lang} ${dataset.theme} ${className}`;
  navigator.serviceWorker.ready.then(({ active }) => active.postMessage(look));
}
