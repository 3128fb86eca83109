// Starts Swagger UI, and adds what it leaves out for those who hear the page: the order of headings, names of parts and of what is
// chosen from.
'use strict';
const page = document.getElementById('swagger-ui');

// Its main part would be one inside ours. This is what it stands in.
const partOfOurs = ({ React }) => ({ wrapComponents: { VersionPragmaFilter: Around => props => React.createElement(Around, props,
  React.Children.map(props.children, piece => piece?.type === 'main' ? React.createElement('div', piece.props) : piece)) } });

window.SwaggerUIBundle({ dom_id: '#swagger-ui', url: page.dataset.document, persistAuthorization: true, validatorUrl: null, plugins: [partOfOurs] });

function name(element, label) {
  if (element && !element.hasAttribute('aria-label')) element.setAttribute('aria-label', label);
}

function part(element, label) {
  if (!element) return;
  element.setAttribute('role', 'region');
  name(element, label);
}

function mend() {
  part(page.querySelector('.information-container'), 'About');
  part(page.querySelector('.scheme-container'), 'Server and sign-in');
  for (const heading of page.querySelectorAll('h1')) heading.setAttribute('aria-level', '2');
  for (const heading of page.querySelectorAll('h3.opblock-tag')) heading.setAttribute('aria-level', '2');
  for (const heading of page.querySelectorAll('h4, h5')) heading.setAttribute('aria-level', '3');
  name(page.querySelector('#servers'), 'Server');
  for (const answers of page.querySelectorAll('[role=region].responses-table')) name(answers, `Answers of ${answers.id}`);
  for (const select of page.querySelectorAll('select:not([aria-label])')) name(select, 'Choice');
  for (const field of page.querySelectorAll('.parameters-col_description input, .parameters-col_description textarea, textarea.body-param__text'))
    name(field, field.closest('tr')?.dataset.paramName ?? 'Request body');
  // Long examples scroll: with the keyboard too.
  for (const code of page.querySelectorAll('pre.microlight, .highlight-code > pre, .example > pre')) code.tabIndex = 0;
}

new MutationObserver(mend).observe(page, { childList: true, subtree: true });
mend();
