import type { Policy } from '../policy/index.ts';
import type {
  Blobs,
  Clock,
  Converter,
  DocumentSigner,
  Ids,
  Inspector,
  Notifier,
  Queue,
  Randomness,
  Records,
  Renderer,
  Scanner,
  Search,
  Signer,
  Uploads,
} from '../ports/index.ts';

/** A running office: the ports, put together once by the host (packages/local, packages/cloud), and its policy. */
export type Office = {
  readonly policy: Policy;
  readonly records: Records;
  readonly blobs: Blobs;
  readonly uploads: Uploads;
  readonly queue: Queue;
  readonly search: Search;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly signer: Signer;
  readonly converter: Converter;
  readonly inspector: Inspector;
  readonly renderer: Renderer;
  readonly scanner: Scanner;
  readonly notifier: Notifier;
  readonly documentSigner?: DocumentSigner;
  /** Public address of the catalogue, for QR codes and feeds: `https://…` without a trailing slash. */
  readonly publicUrl: string;
  /** Called after each commit, so that workers on the same machine need not wait for their next look. */
  readonly committed?: () => void;
};
