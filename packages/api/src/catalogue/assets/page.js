// Comforts only: everything on the page works without this file.
(() => {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // 朗读: the browser's own voice, on this machine; nothing is sent anywhere.
  const voice = window.speechSynthesis;
  for (const button of document.querySelectorAll('[data-read-aloud]')) {
    const text = document.getElementById(button.dataset.readAloud);
    if (!voice || !window.SpeechSynthesisUtterance || !text) continue;
    const label = button.textContent;
    const done = () => {
      button.textContent = label;
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      if (voice.speaking) {
        voice.cancel();
        done();
        return;
      }
      // A paragraph at a time: long texts stop by themselves in some browsers.
      const parts = [...text.querySelectorAll('p, h3')].map((part) => part.textContent);
      parts.forEach((part, at) => {
        const speech = new SpeechSynthesisUtterance(part);
        speech.lang = 'zh-CN';
        speech.rate = 0.9;
        if (at === parts.length - 1) speech.addEventListener('end', done);
        voice.speak(speech);
      });
      button.textContent = '停止朗读';
    });
    window.addEventListener('pagehide', () => voice.cancel());
  }

  const suggestions = document.getElementById('suggestions');
  let waiting;
  for (const input of document.querySelectorAll('input[list="suggestions"]')) {
    input.addEventListener('input', (event) => {
      clearTimeout(waiting);
      if (event.isComposing || input.value.trim().length < 2) return;
      waiting = setTimeout(async () => {
        const answer = await fetch(`/suggest.json?q=${encodeURIComponent(input.value)}`).catch(
          () => undefined,
        );
        if (!answer?.ok) return;
        const titles = await answer.json();
        suggestions.replaceChildren(
          ...titles.map((title) => {
            const option = document.createElement('option');
            option.value = title;
            return option;
          }),
        );
      }, 200);
    });
    input.addEventListener('compositionend', () => input.dispatchEvent(new Event('input')));
  }
})();
