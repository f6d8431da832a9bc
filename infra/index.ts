import './site.ts';
import './triggers.ts';

export { site } from './address.ts';
