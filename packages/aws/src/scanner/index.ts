export { GuardDutyScanner, scanTag } from './guardduty-scanner.ts';
