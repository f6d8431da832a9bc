import { connect } from 'node:net';

/** Sends exactly these bytes, as no well-behaved client would, and returns what comes back within `ms`. */
export const rawRequest = (port: number, text: string, ms = 3_000): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let answer = '';
    const over = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(over, ms);
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      answer += piece;
    });
    socket.once('end', over);
    socket.once('error', (cause) => {
      clearTimeout(timer);
      reject(cause);
    });
  });

export const rawGet = (port: number, target: string, headers: readonly string[] = []): Promise<string> =>
  rawRequest(
    port,
    [`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, '', ''].join(
      '\r\n',
    ),
  );
