import type { Words } from '../words/language.tsx';

export const words = {
  title: ['账户设置', 'My account'],
  password: ['密码', 'Password'],
  newPassword: ['新密码', 'New password'],
  again: ['再输入一次', 'Once more'],
  differ: ['两次输入不一样', 'The two differ'],
  needed: ['必填', 'Required'],
  changePassword: ['修改密码', 'Change the password'],
  changed: ['密码已修改，其他地方的登录已退出', 'Changed; sessions elsewhere have ended'],
  totp: ['手机验证码（TOTP）', 'Authenticator codes (TOTP)'],
  totpOn: ['已开启', 'switched on'],
  totpOff: [
    '未开启。开启后，登录时除密码外还要输入 6 位验证码。',
    'Off. When on, signing in also needs a six-digit code.',
  ],
  begin: ['开启', 'Switch on'],
  scan: [
    '用验证器应用扫这个二维码，或手工输入密钥，然后填入它显示的 6 位数字。',
    'Scan this with an authenticator app, or type the key, then enter the six digits that it shows.',
  ],
  key: ['密钥', 'Key'],
  code: ['验证码', 'Code'],
  activate: ['验证并开启', 'Check and switch on'],
  off: ['关闭', 'Switch off'],
  offSure: ['关闭后只凭密码即可登录。确定？', 'The password alone will then be enough. Sure?'],
  passkeys: ['通行密钥', 'Passkeys'],
  noPasskeys: [
    '还没有通行密钥。添加后可用指纹、面容或安全密钥登录。',
    'None yet. With one you sign in by fingerprint, face or security key.',
  ],
  unsupported: [
    '这个浏览器或这个网址不支持通行密钥（需要 https）。',
    'This browser or address does not support passkeys (https is needed).',
  ],
  addPasskey: ['添加通行密钥', 'Add a passkey'],
  passkeyName: ['名称，如“办公室电脑”', 'Name, such as “office computer”'],
  passkeyFailed: ['没有完成。请重试。', 'It was not completed. Try again.'],
  remove: ['移除', 'Remove'],
  yes: ['确定', 'Yes'],
  no: ['取消', 'Cancel'],
  roles: ['角色', 'Roles'],
  mustEnrol: [
    '本单位要求第二重验证。请先开启验证码或添加通行密钥，然后才能继续。',
    'This office asks for a second factor. Switch codes on or add a passkey before you go on.',
  ],
} as const satisfies Words;
