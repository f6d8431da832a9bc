export { SesNotifier } from './ses-notifier.ts';
