// A session may end while a form is open. Before a form is sent that was opened a while ago, this asks whether the
// session still lives. If not, the sign-in form opens in a dialog above the form, and the form is sent once somebody
// is signed in again.
const POLL = 1000; // milliseconds
const words = document.querySelector("[data-desk-session]").dataset;
const { sessionUrl, loginUrl, title, explanation, later } = words;
const checked = new WeakSet();

let knownAt = Date.now(); // when the session was alive for certain

function isFresh() {
  return Date.now() - knownAt < 1000 * Number(words.freshSeconds);
}

async function session() {
  try {
    const response = await fetch(sessionUrl, { credentials: "same-origin", cache: "no-store" });
    if (response.status === 401) return null;
    return response.ok ? await response.json() : {};
  } catch {
    return {}; // no network: the browser tells better than we could
  }
}

function renewTokens({ csrf }) {
  if (!csrf) return;
  // Signing in changes the token, and that of the open form would be refused.
  for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) input.value = csrf;
}

function signIn() {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-sign-in";
  dialog.setAttribute("aria-labelledby", "desk-sign-in-title");
  dialog.innerHTML = `<h2 id="desk-sign-in-title"></h2><p></p><iframe></iframe><button type="button" class="button button-secondary"></button>`;
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("p").textContent = explanation;
  dialog.querySelector("button").textContent = later;
  const frame = dialog.querySelector("iframe");
  frame.title = title;
  frame.src = loginUrl;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    const timer = setInterval(async () => {
      const state = await session();
      if (state?.csrf) end(state);
    }, POLL);
    function end(state) {
      clearInterval(timer);
      dialog.remove();
      resolve(state);
    }
    dialog.querySelector("button").addEventListener("click", () => end(null));
    dialog.addEventListener("cancel", () => end(null));
  });
}

async function ensureSession() {
  const state = (await session()) ?? (await signIn());
  if (state) renewTokens(state);
  if (state?.csrf) knownAt = Date.now();
  return Boolean(state);
}

function send(form, submitter) {
  checked.add(form);
  if (submitter?.name) {
    // Wagtail disables the pressed button, and its name would not be sent.
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name });
    pressed.value = submitter.value;
    form.append(pressed);
  }
  form.requestSubmit();
}

let asking = false;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-edit-form]") || checked.delete(form) || isFresh()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (asking) return;
  asking = true;
  const { submitter } = event;
  const mayGo = await ensureSession();
  asking = false;
  if (mayGo) send(form, submitter);
  else submitter?.removeAttribute("disabled");
}, { capture: true });

// An autosave that fails may be the first sign.
document.addEventListener("w-autosave:error", async () => {
  if (asking) return;
  asking = true;
  await ensureSession();
  asking = false;
});
