// Wagtail saves a draft by itself while somebody writes. Who presses a button meanwhile sends the form a
// second time beside that, and a new page would be made twice, or refused. So a form is sent once what is
// being saved has been, and nothing is saved by itself after it was sent.
const PATIENCE = 10_000; // milliseconds; then the form goes off all the same
const saving = new WeakSet();
const sent = new WeakSet();
const waiting = new WeakMap();

function isEditor(form) {
  return form instanceof HTMLFormElement && form.matches('[data-controller~="w-autosave"]');
}

function send(form) {
  const button = waiting.get(form);
  if (button === undefined) return;
  waiting.delete(form);
  sent.add(form);
  if (button?.name) {
    // Wagtail switches off the button that was pressed, and its name would not be sent.
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: button.name });
    pressed.value = button.value;
    form.append(pressed);
  }
  form.requestSubmit();
}

document.addEventListener("w-autosave:save", (event) => {
  const form = event.target;
  if (sent.has(form)) event.preventDefault();
  if (!event.defaultPrevented) saving.add(form);
});

for (const end of ["success", "error"]) {
  document.addEventListener(`w-autosave:${end}`, ({ target: form }) => {
    saving.delete(form);
    send(form);
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isEditor(form) || sent.has(form)) return;
  if (!saving.has(form)) {
    sent.add(form);
    setTimeout(() => event.defaultPrevented && sent.delete(form)); // somebody else holds it back
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!waiting.has(form)) setTimeout(send, PATIENCE, form);
  waiting.set(form, event.submitter);
}, { capture: true });

// Whoever comes back to the form may write and save again.
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));
