'use strict';

const INTERVAL = 2000;

const journal = document.getElementById('journal');
const state = document.getElementById('state');

// Only what is new is added, so that open entries stay open, and the keyboard stays where it is.
const show = (next) => {
  for (const shown of [...journal.children]) {
    if (!next.querySelector(`#${shown.id}`)) {
      shown.remove();
    }
  }
  for (const entry of [...next.children].reverse()) {
    if (!document.getElementById(entry.id)) {
      journal.prepend(entry);
    }
  }
};

const refresh = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    show(page.getElementById('journal'));
    state.textContent = '';
  } catch {
    state.textContent = 'The sandbox does not answer.';
  }
  setTimeout(refresh, INTERVAL);
};

setTimeout(refresh, INTERVAL);
