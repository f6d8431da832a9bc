/**
 * Lambda's runtime interface for an image that is not one of AWS's: fetch an event, hand it over, answer, again.
 * (AWS: "Building a custom runtime", version 2018-06-01.) Ends only when Lambda ends it.
 */
export const serve = async (
  runtimeApi: string,
  handler: (event: unknown) => Promise<unknown>,
  goesOn: () => boolean = () => true,
): Promise<void> => {
  const base = `http://${runtimeApi}/2018-06-01/runtime/invocation`;
  while (goesOn()) {
    const next = await fetch(`${base}/next`);
    const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
    try {
      const answer = await handler(await next.json());
      await fetch(`${base}/${id}/response`, { method: 'POST', body: JSON.stringify(answer ?? null) });
    } catch (cause) {
      const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
      await fetch(`${base}/${id}/error`, {
        method: 'POST',
        headers: { 'lambda-runtime-function-error-type': name },
        body: JSON.stringify({ errorType: name, errorMessage: message }),
      });
    }
  }
};
