/* Whoever has written and is about to leave without saving is asked first, as the browser asks.

   <form data-unsaved> */

document.querySelectorAll("form[data-unsaved]").forEach((form) => {
  const written = () => JSON.stringify([...new FormData(form)]);
  const before = written();
  let isSent = false;
  const ask = (event) => {
    if (!isSent && written() !== before) event.preventDefault();
  };
  form.addEventListener("submit", () => (isSent = true));
  addEventListener("beforeunload", ask);
});
