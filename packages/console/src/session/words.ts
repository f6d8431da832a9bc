import type { Words } from '../words/language.tsx';

export const words = {
  product: ['政务公开工作台', 'Disclosure console'],
  title: ['登录', 'Sign in'],
  account: ['账号', 'Account'],
  password: ['密码', 'Password'],
  code: ['验证码（如已开启）', 'Code (if switched on)'],
  codeHint: ['手机验证器上的 6 位数字', 'Six digits from the authenticator'],
  signIn: ['登录', 'Sign in'],
  passkey: ['用通行密钥登录', 'Sign in with a passkey'],
  passkeyFailed: [
    '通行密钥没有完成。请重试，或用密码登录。',
    'The passkey was not completed. Try again, or use the password.',
  ],
  withProvider: ['用{name}登录', 'Sign in with {name}'],
  confirmWithProvider: ['用{name}再次确认', 'Confirm with {name}'],
  confirmWhyProvider: [
    '这一步会留下以您名义签署的记录，请在打开的窗口里再登录一次。您填写的内容不会丢失。',
    'This step leaves a record signed in your name. Sign in once more in the window that opens; nothing you entered is lost.',
  ],
  orLocal: ['或用本地账号', 'or with a local account'],
  administratorsOnly: ['系统管理员用本地账号登录', 'Local account (administrators)'],
  notSignedIn: ['没有完成', 'Not completed'],
  windowDone: ['已完成，可以关闭这个窗口。', 'Done. You can close this window.'],
  toConsole: ['去工作台', 'To the console'],
  needAccount: ['请填写账号', 'Enter the account'],
  needPassword: ['请填写密码', 'Enter the password'],
  notFounded: [
    '本单位还没有建立账号，现在谁也不能登录。请负责部署的人员运行 gongkai init（单机）或 gongkai aws init（AWS），建立第一个管理员。',
    'Nobody has an account here yet, so nobody can sign in. Whoever installed it runs gongkai init (one machine) or gongkai aws init (AWS), which founds the first administrator.',
  ],
  demonstration: [
    '这是演示系统，账号和密码是公开的。请勿上传真实的敏感文件。',
    'This is a demonstration; its passwords are known to everyone. Do not upload real sensitive documents.',
  ],
  demonstrationShort: ['演示', 'Demonstration'],
  confirmTitle: ['请再次确认身份', 'Confirm who you are'],
  confirmWhy: [
    '这一步会留下以您名义签署的记录，请再次输入密码。您填写的内容不会丢失。',
    'This step leaves a record signed in your name. Enter your password again; nothing you entered is lost.',
  ],
  againTitle: ['登录已过期', 'Your session is over'],
  againWhy: [
    '请重新登录，然后接着办。您填写的内容还在。',
    'Sign in again and go on. What you entered is still here.',
  ],
  confirm: ['确认', 'Confirm'],
  cancel: ['取消', 'Cancel'],
} as const satisfies Words;
