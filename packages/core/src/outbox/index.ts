export { outboxWrite } from './outbox-row.ts';
export { RecordsQueue } from './records-queue.ts';
