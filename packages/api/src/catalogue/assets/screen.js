// The lobby's screen turns by itself and asks the server at every turn. When nobody answers it shows that it is out of
// date, and no document. Without this file the page turns by its `refresh`.
(() => {
  const patience = 8_000;
  const again = 5_000;
  const stale = document.querySelector('.stale');
  let main = document.querySelector('main');
  // Counted from when the server was asked: never a moment too long.
  let turnsAt = performance.timeOrigin + Number(main.dataset.seconds) * 1000;
  let asking = false;

  const lose = () => {
    main.replaceChildren();
    main.hidden = true;
    stale.hidden = false;
    turnsAt = Date.now() + again;
  };

  const show = (fresh, askedAt) => {
    const script = 'script[src]';
    // The server is of another version: begin anew with its own script and look.
    if (
      fresh.querySelector(script)?.getAttribute('src') !== document.querySelector(script).getAttribute('src')
    ) {
      location.replace(main.dataset.next);
      return;
    }
    const next = document.adoptNode(fresh.querySelector('main'));
    main.replaceWith(next);
    main = next;
    stale.hidden = true;
    for (const time of document.querySelectorAll('[data-last]')) time.textContent = main.dataset.at;
    turnsAt = askedAt + Number(main.dataset.seconds) * 1000;
  };

  const ask = () => {
    asking = true;
    const askedAt = Date.now();
    // Not fetch: this one parses the page without running anything of it.
    const request = new XMLHttpRequest();
    request.open('GET', main.dataset.next);
    request.responseType = 'document';
    request.timeout = patience;
    request.onload = () =>
      request.status === 200 && request.response?.querySelector('main[data-next]')
        ? show(request.response, askedAt)
        : lose();
    request.onerror = lose;
    request.ontimeout = lose;
    request.onloadend = () => {
      asking = false;
    };
    request.send();
  };

  setInterval(() => {
    const now = Date.now();
    if (now < turnsAt) return;
    // Its display ends now, or the machine was asleep: it goes before the answer is here.
    if (main.dataset.ends || now > turnsAt + patience) main.replaceChildren();
    if (!asking) ask();
  }, 200);
})();
