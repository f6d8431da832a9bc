export { type Machines, openMachines } from './machines.ts';
export { openScanning } from './scanning.ts';
