export { type Ask, askLambda, farMachines, type MachinePorts } from './far-machines.ts';
export { serveMachines } from './serve-machines.ts';
