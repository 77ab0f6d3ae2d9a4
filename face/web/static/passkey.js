// Passkeys: a form that is marked asks the device for one, and is sent with what the device answers. Where a browser knows none it stays hidden.
'use strict';

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const textOf = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

// read gives what the device is asked, whose binary members came as text.
function read(options) {
  const known = (list) => list && list.map((x) => ({ ...x, id: bytesOf(x.id) }));
  const out = { ...options, challenge: bytesOf(options.challenge) };
  if (options.user) out.user = { ...options.user, id: bytesOf(options.user.id) };
  if (options.allowCredentials) out.allowCredentials = known(options.allowCredentials);
  if (options.excludeCredentials) out.excludeCredentials = known(options.excludeCredentials);
  return out;
}

// written is what the device answered, as text.
function written(key) {
  const r = key.response;
  const response = { clientDataJSON: textOf(r.clientDataJSON) };
  if (r.attestationObject) {
    response.attestationObject = textOf(r.attestationObject);
    response.transports = r.getTransports ? r.getTransports() : [];
  } else {
    response.authenticatorData = textOf(r.authenticatorData);
    response.signature = textOf(r.signature);
    if (r.userHandle) response.userHandle = textOf(r.userHandle);
  }
  return JSON.stringify({ id: key.id, rawId: textOf(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults(), authenticatorAttachment: key.authenticatorAttachment || undefined });
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential || !navigator.credentials) break;
  const field = (name) => form.querySelector('input[name$="' + name + '"]');
  const why = form.querySelector('.why');
  form.hidden = false;
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    why.hidden = true;
    try {
      let options = form.dataset.options;
      if (form.dataset.ask) {
        const answer = await fetch(form.dataset.ask, { headers: { Accept: 'application/json' } });
        if (!answer.ok) throw new Error(answer.status);
        const asked = await answer.json();
        options = JSON.stringify(asked.options);
        field('sealed').value = asked.sealed;
      }
      const publicKey = read(JSON.parse(options));
      field('answer').value = written(await (form.dataset.passkey === 'create' ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })));
    } catch {
      why.hidden = false;
      return;
    }
    form.submit();
  });
}
