/**
 * Runs before anything else in a caged process and in each of its worker threads (`--require`).
 * 1. Takes the network away inside Node. Where the kernel can (`unshare -n`), it is taken away there as well; this
 *    is for machines where it cannot. Node 24's permission model does not cover the network (`--allow-net` is Node 25).
 * 2. Dies with its parent, and at its memory limit, from a thread of its own, so that a busy main thread cannot
 *    keep it from doing so.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import http2 from 'node:http2';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { isMainThread, Worker } from 'node:worker_threads';
import { outOfMemoryMark } from './marks.ts';

const refuse = (): never => {
  throw Object.assign(new Error('the cage has no network'), { code: 'ERR_CAGE_NO_NETWORK' });
};

net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
Object.assign(net, { connect: refuse, createConnection: refuse });
Object.assign(http2, { connect: refuse });
Object.assign(dgram, { createSocket: refuse, Socket: refuse });
for (const family of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(family)) {
    if (/^(lookup|resolve|reverse)/.test(name)) Object.assign(family, { [name]: refuse });
  }
}
syncBuiltinESMExports();
Object.assign(globalThis, { fetch: refuse, WebSocket: refuse, EventSource: refuse });

/** Plain JavaScript in a string: a thread made from a file would load this very module again. */
const watchdog = `
  const { writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    const orphaned = process.ppid !== workerData.parent;
    const tooBig = process.memoryUsage.rss() > workerData.limit;
    if (tooBig) { try { writeSync(2, workerData.mark); } catch {} }
    if (orphaned || tooBig) process.kill(process.pid, 'SIGKILL');
  }, 250);
`;
if (isMainThread) {
  const limit = Number(process.env.CAGE_MEMORY_BYTES);
  const workerData = { parent: process.ppid, limit, mark: outOfMemoryMark };
  new Worker(watchdog, { eval: true, execArgv: [], workerData }).unref();
}
