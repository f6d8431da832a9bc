export { ClamScanner, findScanProgram, NoScanner, type ScanProgram } from './clam-scanner.ts';
