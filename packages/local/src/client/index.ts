export { ApiClient, ApiRefusal } from './client.ts';
