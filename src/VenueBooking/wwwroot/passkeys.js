// Passkeys: a form with data-passkey="get" (sign in) or "create" (add one) asks its data-options for what the browser needs, lets the
// device do its part, and posts what came of it in the field Credential. Browsers without passkeys never see the form.
const kinds = { get: 'parseRequestOptionsFromJSON', create: 'parseCreationOptionsFromJSON' };
let waiting;

async function ask(form, mediation) {
  const kind = form.dataset.passkey;
  const answer = await fetch(form.dataset.options, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
  if (!answer.ok) throw new Error(answer.statusText);
  const publicKey = PublicKeyCredential[kinds[kind]](await answer.json());
  waiting?.abort();
  waiting = new AbortController();
  const credential = await navigator.credentials[kind]({ publicKey, mediation, signal: waiting.signal });
  if (!credential) return;
  form.elements.Credential.value = JSON.stringify(credential.toJSON());
  // "Keep me signed in" is asked once, in the form for passwords.
  const stay = document.querySelector('input[type=checkbox][name=Stay]');
  if (stay) form.elements.Stay.value = stay.checked;
  form.submit();
}

function start(form) {
  const error = form.querySelector('[data-passkey-error]');
  form.hidden = false;
  form.addEventListener('submit', async e => {
    e.preventDefault();
    if (error) error.hidden = true;
    try {
      await ask(form);
    } catch (failure) {
      if (!error || failure.name === 'AbortError') return;
      error.textContent = error.dataset.passkeyError;
      error.hidden = false;
    }
  });
}

const forms = [...document.querySelectorAll('form[data-passkey]')].filter(form => window.PublicKeyCredential?.[kinds[form.dataset.passkey]]);
forms.forEach(start);

// On the sign-in page the browser offers passkeys where the address is typed.
const signIn = forms.find(form => form.dataset.passkey === 'get');
if (signIn && await PublicKeyCredential.isConditionalMediationAvailable?.()) ask(signIn, 'conditional').catch(() => {});
