// Hashes a file in the browser: it never leaves this machine. Without this script the hash can be pasted.
(() => {
  const largest = 500 * 1024 * 1024;

  for (const form of document.querySelectorAll('[data-hash-form]')) {
    const drop = form.querySelector('[data-drop]');
    const chosen = form.querySelector('[data-file]');
    const result = form.querySelector('[data-result]');
    const field = form.querySelector('input[name="hash"]');
    const known = form.dataset.hashes?.split(' ').filter(Boolean);
    const say = (text, verdict = '') => {
      result.textContent = text;
      result.className = verdict;
    };

    // Browsers only hash on https and on this machine itself.
    if (!window.crypto?.subtle) {
      say('这个浏览器或连接方式不能在本机计算校验值，请用下面的命令计算后粘贴。');
      continue;
    }
    drop.hidden = false;

    const look = async (file) => {
      if (file.size > largest) {
        say('文件太大，请用下面的命令计算校验值后粘贴。');
        return;
      }
      say('正在计算……');
      try {
        const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        field.value = hash;
        if (!known) {
          window.location.assign(`/verify/hash/${hash}`);
          return;
        }
        const n = known.indexOf(hash);
        if (n < 0)
          say(
            '不一致。手中的文件与这个核验码下发布的文件不同，可能被改动过，或是另存、重新打印过的。',
            'verdict bad',
          );
        else say(`一致。这就是发布的${n === 0 ? '正文' : `附件 ${n}`}，一个字节也没有改动。`, 'verdict good');
      } catch {
        say('读不出这个文件，请换一种方式打开，或用下面的命令计算校验值后粘贴。');
      }
    };

    chosen.addEventListener('change', () => {
      if (chosen.files[0]) look(chosen.files[0]);
    });
    drop.addEventListener('dragover', (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      if (event.dataTransfer.files[0]) look(event.dataTransfer.files[0]);
    });
  }
})();
