import type { VolumePlan } from '../archive/index.ts';
import type { OfficeWords } from '../dictionary/index.ts';
import type {
  Box,
  Examination,
  FileType,
  Finding,
  Inspection,
  Place,
  PlacesAsked,
  Proof,
  ProofAsked,
  RecognisedPage,
  WidenedBox,
} from '../document/index.ts';
import type { FormName } from '../form/index.ts';
import type { DetachedSignature, ReleaseSignature } from '../publication/release-signature.ts';
import type { Refusal, Result } from '../refusal/index.ts';
import type { ArchivalLevel, ArchivalObstacle } from '../release/archival.ts';
import type { ReleasePlan } from '../release/plan.ts';
import type { BlobRef } from './blobs.ts';

/**
 * The machines behind the stations. A refusal is the file's fault and final; a throw is the machine's fault
 * (crash, kill, full disk) and is retried by the queue, then becomes a dead letter.
 */
export interface Converter {
  convert(
    original: BlobRef,
    type: FileType,
    name: string,
  ): Promise<
    Result<
      {
        pdf: BlobRef;
        pages: number;
        substitutedFonts: readonly string[];
        notArchival?: readonly ArchivalObstacle[] | undefined;
      },
      Refusal
    >
  >;
}

export interface Inspector {
  /** `words` as in `inspect`: they also hide in comments, hidden sheets and properties. */
  examine(upload: BlobRef, name: string, words: OfficeWords): Promise<Result<Examination, Refusal>>;
  /**
   * `words`: the office's own, found as `office-word`. Whoever only wants the text gives `noWords`. `original`: what the PDF
   * was made from; one that came as a PDF brings fonts whose text is compared with what they draw.
   */
  inspect(pdf: BlobRef, words: OfficeWords, original?: FileType): Promise<Result<Inspection, Refusal>>;
  /**
   * Where words or the column of a table stand in the pages; asked while somebody waits. `pages`: of its inspection, for what
   * was recognised there is not read a second time.
   */
  locate(
    pdf: BlobRef,
    asked: PlacesAsked,
    pages: readonly RecognisedPage[],
  ): Promise<Result<readonly Place[], Refusal>>;
  /**
   * The same boxes in the same order, each as wide as covers it without telling how long its words are. Nothing but blank is
   * covered besides. Asked while somebody waits; `pages` as in `locate`.
   */
  widen(
    pdf: BlobRef,
    boxes: readonly Box[],
    pages: readonly RecognisedPage[],
  ): Promise<Result<readonly WidenedBox[], Refusal>>;
  /**
   * That a release holds nothing of what was covered in the pages it was made from, nothing that a release does not need,
   * and everything else as it was. Knows nothing of how the renderer works. Refuses `redaction-not-proven`,
   * `release-differs`.
   */
  prove(pages: BlobRef, release: BlobRef, asked: ProofAsked): Promise<Result<Proof, Refusal>>;
  /**
   * That an OFD is its release and nothing besides: text, looks, what it says of itself; and that nothing covered stands in any
   * part of it. Refuses `ofd-not-proven`.
   */
  proveOfd(
    pages: BlobRef,
    release: BlobRef,
    ofd: BlobRef,
    asked: ProofAsked,
  ): Promise<Result<undefined, Refusal>>;
  /** The same detectors on a title, a summary, a file name. */
  inspectText(text: string, part: string, words: OfficeWords): Promise<readonly Finding[]>;
}

export interface Renderer {
  /** A release in the vault; one that is still to be signed (`plan.unfinished`) and a preview (`plan.preview`) among the renditions, where no public door leads. */
  render(
    pdf: BlobRef,
    plan: ReleasePlan,
  ): Promise<
    Result<
      {
        release: BlobRef;
        pages: number;
        size: number;
        notArchival?: readonly ArchivalObstacle[] | undefined;
        archivalLevel?: ArchivalLevel | undefined;
      },
      Refusal
    >
  >;
  /**
   * A finished release as OFD (GB/T 33190), in the vault. Same release, same bytes. `pictures`: pages that went as such, with
   * their text under them. Refuses `ofd-failed`.
   */
  deliverOfd(
    release: BlobRef,
  ): Promise<Result<{ ofd: BlobRef; size: number; pictures: readonly number[] }, Refusal>>;
  /** 装订: one bound volume of releases, among the renditions. Refuses `bytes-changed`, `damaged`, `glyph-missing`. */
  bind(plan: VolumePlan): Promise<Result<{ volume: BlobRef; pages: number; size: number }, Refusal>>;
  /** A form's PDF among the renditions. Refuses `form-field`, `glyph-missing`. */
  form(name: FormName, data: unknown, createdAt: string): Promise<Result<BlobRef, Refusal>>;
}

/** 电子签名 of finished releases. Without one, releases go out unsigned, and the product says so. */
export interface DocumentSigner {
  /**
   * Takes an unfinished release from the renditions and leaves the signed one in the vault. Throws when key or timestamp
   * server do not do their part: the queue tries again, and nothing is published meanwhile. Signing the same release
   * twice may give other bytes (the time, the chance in ECDSA): those that the record names are the release.
   */
  sign(
    unfinished: BlobRef,
    signedAt: string,
  ): Promise<{
    readonly release: BlobRef;
    readonly size: number;
    readonly signature?: ReleaseSignature;
    readonly detached?: DetachedSignature;
  }>;
}

export type ScanVerdict =
  | { readonly verdict: 'clean' }
  | { readonly verdict: 'harmful'; readonly name: string }
  /** There is no scanner here: the policy says whether that may be. */
  | { readonly verdict: 'absent' }
  /** There is one and it did not say clean or harmful: nothing passes, whatever the policy says. */
  | { readonly verdict: 'unavailable'; readonly why?: ScanTrouble };

/**
 * - `pending`: it has not come to this file yet.
 * - `unsupported`: it cannot look into this file (locked with a password, too large, too deep).
 * - `denied`: it may not read the file.
 * - `failed`: it broke.
 */
export type ScanTrouble = 'pending' | 'unsupported' | 'denied' | 'failed';

export interface Scanner {
  scan(blob: BlobRef): Promise<ScanVerdict>;
}

export interface Signer {
  readonly keyId: string;
  /** Ed25519 public key, 32 bytes in hex. */
  readonly publicKey: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

export interface Notifier {
  send(notice: { to: string; subject: string; text: string }): Promise<void>;
}
