import { describe } from 'vitest';
import { notRun } from '../not-run.ts';
import { missing, s3Server, versitygw } from './s3-server.ts';
import { uploadTicketContract } from './upload-ticket-contract.ts';

// moto takes whatever is posted, so it says nothing here (docs/decisions.md).
const reason = missing(versitygw);
describe.skipIf(notRun(reason !== undefined, versitygw.name, reason ?? ''))('on an S3 server', () => {
  const server = s3Server(versitygw);
  uploadTicketContract(versitygw.name, async () => ({
    client: await server.client(),
    bucket: await server.bucket(),
  }));
});
