import { existsSync } from 'node:fs';
import { places } from './host.ts';

/** An office that was never begun has no records: a mistyped `--data` must not make a new, empty office. */
export const isBegun = (data: string): boolean => existsSync(places(data).records);
