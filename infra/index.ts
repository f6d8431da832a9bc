import './scanner.ts';
import './search-access.ts';
import './site.ts';
import './told.ts';
import './triggers.ts';

export { site } from './address.ts';
