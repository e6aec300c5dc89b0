/* Suggestions in a field, while one types. Without this the form is sent as ever.

   The field for everything, whose options lead to pages:
     <form data-suggest="/address/" data-suggestions="Name of the list">
       <div class="suggest"> <input type="search" name="q">
   A field of a form, whose options are values of it:
     <input data-suggest="/address/" data-suggest-kind="noun" data-suggestions="Name of the list">
   The address answers with options: <li role="option" data-url="/page/"> or data-value="words", the last
   with data-said, the words for those who listen. The list is the ARIA pattern of a combobox: the focus
   stays in the field. */

const PAUSE = 150; // milliseconds without a key before it asks
const SHORTEST = 2; // letters

function suggestIn(input, { suggest, suggestions }, asked) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let asking = new AbortController();
  let timer = 0;
  let active = -1;

  const options = () => [...list.children];
  const isOpen = () => !list.hidden;

  const activate = (place) => {
    active = place;
    options().forEach((it, at) => it.setAttribute("aria-selected", String(at === place)));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };

  const show = (isShown) => {
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
    activate(-1);
  };

  const close = () => {
    clearTimeout(timer);
    asking.abort();
    status.textContent = "";
    show(false);
  };

  const fill = (html) => {
    list.innerHTML = html;
    options().forEach((it, at) => (it.id = `${list.id}-${at + 1}`));
    const last = list.lastElementChild;
    status.textContent = last?.dataset.said ?? "";
    show(last !== null);
  };

  const ask = async () => {
    asking.abort(); // whoever was asked before has been overtaken
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${suggest}?${new URLSearchParams(asked())}`, { signal });
      const html = answer.ok && !answer.redirected ? await answer.text() : "";
      if (!signal.aborted && document.activeElement === input) fill(html);
    } catch (fault) {
      if (fault.name !== "AbortError") close(); // without a network there are no suggestions
    }
  };

  const askSoon = () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) return close();
    timer = setTimeout(ask, PAUSE);
  };

  // From the field to the first or the last, and past the end to the field again.
  const move = (step) => {
    const places = options().length + 1;
    activate(((active + 1 + step + places) % places) - 1);
  };

  const choose = (option) => {
    close();
    if (option.dataset.url) return location.assign(option.dataset.url);
    input.value = option.dataset.value;
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(list.children[active]),
    Escape: close,
  };

  const press = (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!isOpen()) {
      if (event.key === "ArrowDown") askSoon();
    } else if (event.key in keys && (event.key !== "Enter" || active >= 0)) {
      event.preventDefault();
      keys[event.key]();
    }
  };

  list.id = `${input.id}-suggestions`;
  list.className = "suggest__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", suggestions);
  status.className = "vh";
  status.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    autocomplete: "off",
  }))
    input.setAttribute(name, value);
  input.after(list, status);
  show(false);

  input.addEventListener("input", (event) => event.isComposing || askSoon());
  input.addEventListener("compositionend", askSoon);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  addEventListener("pagehide", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

document.querySelectorAll("form[data-suggest]").forEach((form) => {
  const input = form.querySelector(".suggest input");
  suggestIn(input, form.dataset, () => new FormData(form));
});

document.querySelectorAll("input[data-suggest]").forEach((input) => {
  const box = document.createElement("div");
  box.className = "suggest";
  input.replaceWith(box);
  box.append(input);
  suggestIn(input, input.dataset, () => ({ q: input.value, kind: input.dataset.suggestKind }));
});
