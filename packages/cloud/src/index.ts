export { type OfficeKeys, openKeys } from './keys.ts';
export { ownNotifier } from './notifier.ts';
export {
  blobs,
  clock,
  followKeys,
  keepCheckpoint,
  oidc,
  openOffice,
  records,
  search,
  viewerAddress,
  wake,
} from './office.ts';
export { readPolicy, readSettings, type Settings, said } from './settings.ts';
