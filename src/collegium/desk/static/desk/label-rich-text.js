// Wagtail's rich text boxes have no name of their own: each takes that of the label above it.
const named = new Set();

function name(box) {
  const field = box.closest("[data-field]") ?? box.closest(".w-field__wrapper") ?? box.closest("[data-contentpath]");
  const label = field?.querySelector("label, [data-field-label], .w-field__label")
    ?? box.closest(".w-panel")?.querySelector("[data-panel-heading-text]");
  if (!label) return;
  label.id ||= `named-${named.size}`;
  named.add(label.id);
  box.setAttribute("aria-labelledby", label.id);
}

function nameAll() {
  document.querySelectorAll('[role="textbox"][contenteditable]:not([aria-labelledby])').forEach(name);
}

new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
nameAll();
