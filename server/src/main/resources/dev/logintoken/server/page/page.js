'use strict';

// The address bar, and with it the history and whatever the page is copied to, keeps no login token.
if (new URLSearchParams(location.search).has('token')) {
  history.replaceState(null, '', location.pathname);
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
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
  const entries = [...document.querySelectorAll('#catalog tbody')];
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/);
    let found = 0;
    for (const entry of entries) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
      found += entry.hidden ? 0 : 1;
    }
    document.getElementById('found').textContent = `${found} of ${entries.length} codes`;
  };
  search.addEventListener('input', filter);
  filter();
}

const playground = document.getElementById('playground');
if (playground) {
  const played = document.getElementById('played');
  const button = playground.querySelector('button');
  const line = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    const paragraph = document.createElement('p');
    paragraph.append(element);
    played.append(paragraph);
    return element;
  };
  const call = async (path, headers) => {
    const answer = await fetch(playground.dataset.root + path, { headers, credentials: 'omit' });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Error(Object.values(body.errors).map((error) => `${error.code} ${error.message}`).join(' '));
    }
    return body;
  };
  playground.addEventListener('submit', async (event) => {
    event.preventDefault();
    played.replaceChildren();
    button.disabled = true;
    try {
      const partner = { 'X-Api-Key': playground.dataset.apiKey };
      const [info, login] = await Promise.all([
        call('api/v1/system/info', partner),
        call('api/v1/user/login-token', { ...partner, 'User-Identifier': playground.dataset.userIdentifier }),
      ]);
      const page = info.privateUrls[playground.elements.page.value][playground.elements.region.value];
      const url = `${page}?${new URLSearchParams({ token: login.token, uuid: login.uuid })}`;
      window.open(url, '_blank', 'noopener');
      line('code', `GET /api/v1/user/login-token → ${login.token}`);
      const link = line('a', 'No new tab? Open the private page here.');
      link.href = url;
      link.rel = 'noreferrer';
    } catch (failure) {
      line('strong', failure.message);
    } finally {
      button.disabled = false;
    }
  });
}
