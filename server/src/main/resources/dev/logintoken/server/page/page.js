'use strict';

// The address bar, and with it the history and whatever the page is copied to, keeps no login token.
if (new URLSearchParams(location.search).has('token')) {
  history.replaceState(null, '', location.pathname);
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy || button.previousElementSibling.textContent);
      button.textContent = 'Copied';
    } catch {
      // No clipboard outside https and localhost: select the text, for the keyboard to copy.
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}

const search = document.getElementById('search');
if (search) {
  const operations = [...document.querySelectorAll('.operations > li')];
  const codes = [...document.querySelectorAll('#catalog tbody')];
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/);
    const hits = (entries) => entries.filter((entry) => {
      entry.hidden = !words.every((word) => entry.textContent.toLowerCase().includes(word));
      return !entry.hidden;
    }).length;
    document.getElementById('found').textContent =
      `${hits(operations)} of ${operations.length} operations, ${hits(codes)} of ${codes.length} codes`;
  };
  search.addEventListener('input', filter);
  filter();
}

// What the forms below have in common: each plays a partner's app, and shows what came of its calls.
const play = (form, act) => {
  const played = form.parentElement.querySelector('.played');
  const button = form.querySelector('button');
  const line = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    const paragraph = document.createElement('p');
    paragraph.append(element);
    played.append(paragraph);
    return element;
  };
  const call = async (path, headers, body) => {
    const answer = await fetch(form.dataset.root + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'X-Api-Key': form.dataset.apiKey, ...(body && { 'Content-Type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
      credentials: 'omit',
    });
    const content = answer.status === 204 ? {} : await answer.json();
    if (!answer.ok) {
      throw new Error(Object.values(content.errors).map((error) => `${error.code} ${error.message}`).join(' '));
    }
    return content;
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    played.replaceChildren();
    button.disabled = true;
    try {
      await act(call, line);
    } catch (failure) {
      line('strong', failure.message);
    } finally {
      button.disabled = false;
    }
  });
  return line;
};

const playground = document.getElementById('playground');
if (playground) {
  play(playground, async (call, line) => {
    const [info, login] = await Promise.all([
      call('api/v1/system/info'),
      call('api/v1/user/login-token', { 'User-Identifier': playground.dataset.userIdentifier }),
    ]);
    const page = info.privateUrls[playground.elements.page.value][playground.elements.region.value];
    const url = `${page}?${new URLSearchParams({ token: login.token, uuid: login.uuid })}`;
    window.open(url, '_blank', 'noopener');
    line('code', `GET /api/v1/user/login-token → ${login.token}`);
    const link = line('a', 'No new tab? Open the private page here.');
    link.href = url;
    link.rel = 'noreferrer';
  });
}

// The app's session of this browser holds the identifier that it asked to have linked.
const ASKED = 'login-token-identifier';

const linking = document.getElementById('linking');
if (linking) {
  play(linking, async (call) => {
    const random = crypto.getRandomValues(new Uint8Array(20));
    const identifier = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const returnUrl = new URL(`${linking.dataset.root}app/linked`, location.href).href;
    const registration = await call('api/v1/user/register-identifier', {}, { identifier, returnUrl });
    sessionStorage.setItem(ASKED, identifier);
    location.assign(registration.redirectUrl['en-gb']);
  });
}

const confirming = document.getElementById('confirming');
if (confirming) {
  history.replaceState(null, '', location.pathname);
  const identifier = sessionStorage.getItem(ASKED);
  const line = play(confirming, async (call, say) => {
    await call('api/v1/user/confirm-identifier', {}, { identifier, verifier: confirming.dataset.verifier });
    sessionStorage.removeItem(ASKED);
    confirming.hidden = true;
    const login = await call('api/v1/user/login-token', { 'User-Identifier': identifier });
    say('strong', 'The identifier is linked.');
    say('code', `GET /api/v1/user/login-token → ${login.uuid}`);
  });
  if (identifier) {
    confirming.hidden = false;
    document.getElementById('identifier').textContent = identifier;
  } else {
    line('strong', 'This browser did not ask for a link, so the app does not confirm it.');
  }
}
