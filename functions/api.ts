import { createApi } from '@gongkai/api';
import { counting } from '@gongkai/aws/lambda';
import { assets, oidc, openOffice, said, viewerAddress } from '@gongkai/cloud';
import { streamHandle } from 'hono/aws-lambda';

/** HTTP, by CloudFront: the staff's API and the public catalogue. */
const office = await openOffice();
const origins = [new URL(office.publicUrl).origin];
const front = { log: counting(said), addressOf: viewerAddress, origins, secure: true };
export const handler = streamHandle(createApi({ office, oidc: oidc(), catalogue: { assets }, ...front }));
