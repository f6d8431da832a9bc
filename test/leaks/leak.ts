/**
 * One way in which a document tells more than it shows (reference bad-inputs.md; issue 4), and the same document without
 * the secret. The secret is a sentence that no pattern knows, so that only the hiding itself can give it away.
 */
export type Leak = {
  readonly what: string;
  /** With its suffix: what the upload is called. */
  readonly name: string;
  readonly leak: () => Buffer;
  /** What looks the same and hides nothing: must be found clean. */
  readonly control: () => Buffer;
  /** The detector that must speak, and whether a person has to answer it; or the refusal. */
  readonly caught: { readonly rule: string; readonly answered: boolean } | { readonly refused: string };
  /** Nothing of the hidden text can be told (a picture, a count of changes in an old format). */
  readonly untold?: true;
};

export const secret = 'Zhang earns too much';

export const answer = (rule: string): Leak['caught'] => ({ rule, answered: true });
/** Rendering takes it away; it is shown, and nobody has to answer it. */
export const shown = (rule: string): Leak['caught'] => ({ rule, answered: false });
