/**
 * The shapes of the HTTP API: the server validates by them, the console takes its types from them, OpenAPI is made
 * of them. The whole list of paths, with who may call what, is /api/openapi.json (made from src/route/).
 *
 *     POST   /api/session                       signIn → session          GET, DELETE /api/session
 *     POST   /api/session/confirm               confirm → session         (step-up)
 *     POST   /api/session/passkey/options       {} → passkeyOptions;      POST /api/session/passkey  passkeyAnswer → session
 *     POST   /api/session/oidc                  {} → oidcBegun;           POST …/oidc/confirm {} → oidcBegun  (step-up)
 *     POST   /api/session/oidc/finish           oidcAnswer → session      (from /console/oidc, the redirect URI)
 *     GET    /api/account                       → account
 *     POST   /api/account/password              newPassword
 *     POST   /api/account/totp                  {} → newTotp;  POST …/totp/activate  totpCode;  DELETE …/totp
 *     POST   /api/account/passkeys/options      {} → passkeyOptions;  POST …/passkeys  passkeyAnswer;  DELETE …/passkeys/{id}
 *     GET    /api/office                        → office
 *     GET    /api/work                          → work
 *     GET    /api/publications                  ?state=a,b&column=&mine=true&q=&cursor= → publicationPage
 *     POST   /api/publications                  createPublication → changed
 *     GET    /api/publications/{id}             → publicationView (ETag: version)
 *     PATCH  /api/publications/{id}             editPublication → changed (If-Match)
 *     POST   /api/publications/{id}/decisions   decide → changed (If-Match)
 *     POST   /api/publications/{id}/places      findPlaces → places (changes nothing)
 *     POST   /api/publications/{id}/recall | discard | end-display → changed;  …/withdraw  withdraw → changed
 *     DELETE /api/publications/{id}/files/{file id} → changed
 *     GET    /api/publications/{id}/files/{n}/original | pdf | release     bytes, with ranges
 *     GET    /api/publications/{id}/files/{n}/release-ofd                  the OFD that is delivered beside the release
 *     GET    /api/publications/{id}/files/{n}/drawn ?of=                   PDF: an OFD (original, release) drawn page by page
 *     GET    /api/publications/{id}/files/{n}/preview                      PDF: the release as it would be, unapproved
 *     GET    /api/publications/{id}/files/{n}/marked ?words=                PDF: a release that is over, each page saying so
 *     GET    /api/publications/{id}/review-sheet                           PDF
 *     POST   /api/publications/{id}/uploads     beginUpload → upload
 *     HEAD   /api/uploads/{upload}              Upload-Offset, Upload-Length (GET answers `upload` too)
 *     PATCH  /api/uploads/{upload}              Upload-Offset + bytes (application/offset+octet-stream) → upload
 *     POST   /api/uploads/{upload}/finish → changed;  DELETE /api/uploads/{upload}
 *     POST   /api/compose                       composeForm → PDF;  POST …/publications/{id}/compose  composeForm → changed
 *     GET    /api/monthly-list                  ?month=2026-03 → PDF
 *     GET    /api/people, POST /api/people      addPerson → { id };  PATCH /api/people/{id}  changePerson
 *     POST   /api/people/{id}/identity          linkIdentity;  DELETE /api/people/{id}/identity
 *     GET    /api/tokens → tokens, POST /api/tokens      addToken → newToken;  DELETE /api/tokens/{id}
 *     GET    /api/dead-letters, POST /api/dead-letters/{id}/revive
 *     GET    /api/dictionary → dictionary; POST …/words  addWord, …/allowances  addAllowance → dictionaryChanged; DELETE …/{id}  (If-Match)
 *     GET    /api/dictionary/trials → trials; POST  tryWords → trialBegun;  GET …/trials/{id} ?cursor= → trialView
 *     GET    /api/audit ?cursor=&subject= → auditPage;  GET /api/audit/export → JSON lines
 *     GET    /api/search ?q=&column=&office=&year=&status=&cursor= → search
 *     GET    /api/deadline ?from=&amount=&unit= or ?from=&rule= → deadline
 *     GET    /api/display ?column=&kind=&amount=&date=&publishAt= → standing (why this date, while drafting)
 *     POST   /api/inspect ?name= + bytes (application/octet-stream) → inspected
 *
 * Requests carry the session cookie (sign-in) or `Authorization: Bearer gk_…` (a token, made in the console; it acts
 * as its person with that person's roles of the moment). A token can draft, upload, edit and submit (自审); it can
 * never review, withdraw, appoint, make credentials or confirm: those need a person at a session, and reviews and
 * appointments one who has shown the password within the policy's `reauthenticationMinutes`
 * (`reauthentication-needed` → POST /api/session/confirm). Changing requests of a page must come from our own origin;
 * bodies are JSON of at most 1 MB. `If-Match` carries the version that was seen; a stale one is 409 `changed-meanwhile`.
 */
export * as account from './account.ts';
export * as compose from './compose.ts';
export * as dictionary from './dictionary.ts';
export * as enquiry from './enquiry.ts';
export * as office from './office.ts';
export * as publication from './publication.ts';
