import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** 适老模式 and 高对比度, kept in two cookies and switched by a plain link: no script needed. */
export type Preferences = { readonly elder: boolean; readonly contrast: boolean };

export const preferencesOf = (c: Context): Preferences => ({
  elder: getCookie(c, 'elder') === '1',
  contrast: getCookie(c, 'contrast') === '1',
});

/** An address on this site, or the front page: never somebody else's. */
const homeward = (back: string | undefined): string =>
  back !== undefined &&
  /^\/(?![/\\])[\x21-\x7e]*$/.test(back) &&
  !back.includes('\\') &&
  !back.startsWith('/display')
    ? back
    : '/';

export const setPreferences = (c: Context): Response => {
  for (const name of ['elder', 'contrast']) {
    const wish = c.req.query(name);
    if (wish !== 'on' && wish !== 'off') continue;
    setCookie(c, name, wish === 'on' ? '1' : '0', {
      path: '/',
      maxAge: wish === 'on' ? 31_536_000 : 0,
      sameSite: 'Lax',
      httpOnly: true,
      secure: new URL(c.req.url).protocol === 'https:',
    });
  }
  c.header('Cache-Control', 'no-store');
  return c.redirect(homeward(c.req.query('back')), 303);
};

export const switchPath = (wish: string, back: string): string =>
  `/display?${wish}&back=${encodeURIComponent(homeward(back))}`;
