export { OfficeNotifier } from './office-notifier.ts';
export { type NotifierSettings, notifierSettings } from './settings.ts';
