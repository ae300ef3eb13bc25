// Swagger UI puts a link inside each operation's button, which keyboards and screen readers cannot tell apart.
const plainTitles = ({ React }) => ({
  components: { DeepLink: ({ text }) => React.createElement('span', null, text) },
});

// What Swagger UI leaves without a name, a level or a place in the order of the Tab key.
function nameParts() {
  document.querySelector('#servers')?.setAttribute('aria-label', 'Server');
  for (const [part, name] of [
    ['.information-container', 'About this API'],
    ['.scheme-container', 'Server and authorization'],
  ]) {
    const region = document.querySelector(part);
    region?.setAttribute('role', 'region');
    region?.setAttribute('aria-label', name);
  }
  for (const heading of document.querySelectorAll('h3.opblock-tag, section.models > h4')) {
    heading.setAttribute('aria-level', '2');
  }
  for (const part of document.querySelectorAll('pre, .model-box, article')) {
    if (part.scrollWidth > part.clientWidth && !part.hasAttribute('tabindex')) part.tabIndex = 0;
  }
}

const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const dim = () => document.documentElement.classList.toggle('dark-mode', darkness.matches);
darkness.addEventListener('change', dim);
dim();

window.ui = window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  plugins: [plainTitles],
  onComplete: nameParts,
});
new MutationObserver(nameParts).observe(document.querySelector('#docs'), { childList: true, subtree: true });
