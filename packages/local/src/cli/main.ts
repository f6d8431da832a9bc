import { type Commands, runCommands } from './run-commands.ts';

const commands: Commands = {
  init: async () => (await import('./init.ts')).init,
  start: async () => (await import('./start.ts')).start,
  demo: async () => (await import('./demo.ts')).demo,
  inspect: async () => (await import('./inspect.ts')).inspect,
  stamp: async () => (await import('./stamp.ts')).stamp,
  compose: async () => (await import('./compose.ts')).composeCommand,
  'monthly-list': async () => (await import('./monthly-list.ts')).monthlyList,
  poster: async () => (await import('./poster.ts')).poster,
  volume: async () => (await import('./volume.ts')).volume,
  archive: async () => (await import('./archive.ts')).archive,
  publish: async () => (await import('./publish.ts')).publish,
  search: async () => (await import('./search.ts')).search,
  verify: async () => (await import('./verify.ts')).verify,
  audit: async () => (await import('./audit.ts')).audit,
  keys: async () => (await import('./keys.ts')).keys,
  deadline: async () => (await import('./deadline.ts')).deadlineCommand,
  doctor: async () => (await import('./doctor.ts')).doctor,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
};

await runCommands({
  name: 'gongkai',
  commands,
  notes: [
    '  aws …    AWS 上的单位：gongkai aws help / an office on AWS',
    '  --json   机器可读输出 / output for machines      --data 文件夹 / folder of the office',
  ],
});
