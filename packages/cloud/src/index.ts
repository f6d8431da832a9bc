export { type OfficeKeys, openKeys } from './keys.ts';
export { ownNotifier } from './notifier.ts';
export {
  assets,
  blobs,
  clock,
  followKeys,
  keepCheckpoint,
  oidc,
  openOffice,
  records,
  search,
  signing,
  viewerAddress,
} from './office.ts';
export { notices } from './sending.ts';
export { readPolicy, readSettings, type Settings, said } from './settings.ts';
export { wake } from './waking.ts';
