export { type Machines, openMachines } from './machines.ts';
