'use strict';

const reference = document.getElementById('reference');
const { root, spec: file, apiKey, userIdentifier } = reference.dataset;

const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

// The spec names the sandbox's usual address; what is tried out here is meant for this very service.
const here = (spec) => ({ ...spec, servers: [{ url: location.origin + root.replace(/\/$/, '') }] });

// The renderer sends the examples of parameters. Only the identifier is of use: its user can be tried out in a sandbox.
const usable = (spec) => {
  const parameters = spec.components.parameters;
  Object.values(parameters).forEach((parameter) => delete parameter.example);
  if (userIdentifier && parameters.UserIdentifier) {
    parameters.UserIdentifier.example = userIdentifier;
  }
  return spec;
};

// Of the renderer's parts, one is of no use with one server, and one puts a link into a button. The page has the headers once.
const adapt = ({ React }) => ({
  components: {
    ServersContainer: () => null,
    headers: () => null,
    DeepLink: ({ text }) => React.createElement('span', null, text),
  },
  statePlugins: {
    spec: { wrapActions: { updateJsonSpec: (original) => (spec) => original(spec && spec.paths ? usable(here(spec)) : spec) } },
  },
});

const ui = SwaggerUIBundle({
  url: root + file,
  domNode: reference,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  plugins: [adapt],
  onComplete: () => {
    if (apiKey) {
      ui.preauthorizeApiKey('apiKey', apiKey);
    }
  },
});

// The list above the renderer opens its operations.
for (const link of document.querySelectorAll('a[data-operation]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const { tag, operation } = link.dataset;
    history.pushState(null, '', link.hash);
    ui.layoutActions.show(['operations-tag', tag], true);
    ui.layoutActions.show(['operations', tag, operation], true);
    const shown = document.getElementById(`operations-${tag}-${operation}`);
    shown.scrollIntoView();
    shown.querySelector('button').focus({ preventScroll: true });
  });
}

// The renderer leaves its lists and bodies without a name, and its scrolling blocks out of the keyboard's reach.
new MutationObserver(() => {
  for (const select of reference.querySelectorAll('select:not([aria-label])')) {
    select.setAttribute('aria-label', select.closest('.examples-select, .response-control-examples') ? 'Example' : 'Media type');
  }
  for (const body of reference.querySelectorAll('textarea:not([aria-label])')) {
    body.setAttribute('aria-label', 'Request body');
  }
  for (const block of reference.querySelectorAll('pre:not([tabindex])')) {
    block.tabIndex = 0;
  }
}).observe(reference, { childList: true, subtree: true });
